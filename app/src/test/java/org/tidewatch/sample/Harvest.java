package org.tidewatch.sample;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Takes the items out of what the sample web answers: own words only, each post apart from its page. */
final class Harvest {

    private static final Pattern POSTS = Pattern.compile(
            "(?=<article class=\"post\")|(?=<div class=\"tgme_widget_message_wrap)|(?=<div class=\"comment\")");
    private static final Pattern ID = Pattern.compile(
            "data-post-id=\"(?<forum>\\d+)\"|data-post=\"(?<channel>[^\"]+)\"|id=\"(?<comment>comment-\\d+)\"");
    private static final Pattern HANDLE = Pattern.compile("\"alternateName\">@([\\w.-]+)<");
    private static final Pattern NOT_OWN = Pattern.compile(
            "<head>.*?</head>|<blockquote.*?</blockquote>|<q>.*?</q>|<a class=\"tgme_widget_message_reply.*?</a>",
            Pattern.DOTALL);
    private static final Pattern SHOWN = Pattern.compile("\\((.*)\\) Tj");

    record Item(String url, String kind, String handle, String text) {}

    private Harvest() {}

    static List<Item> items(Visitor.Response response) {
        String type = response.header("content-type").orElse("");
        if (response.status() != 200 || type.contains("image/")) {
            return List.of();
        }
        if (type.equals("application/pdf")) {
            return List.of(file(response.url(), pdf(response.body())));
        }
        if (type.contains("wordprocessingml")) {
            return List.of(file(response.url(), docx(response.body())));
        }
        return type.startsWith("text/html")
                ? html(response.url(), response.text())
                : List.of(file(response.url(), plain(response.text())));
    }

    private static Item file(String url, String text) {
        return new Item(url, "file", "", text);
    }

    private static List<Item> html(String url, String html) {
        List<Item> items = new ArrayList<>();
        for (String part : POSTS.split(NOT_OWN.matcher(html).replaceAll(" "), -1)) {
            Matcher id = ID.matcher(part);
            if (items.isEmpty() || !id.find()) {
                items.add(new Item(url, "page", "", plain(part)));
            } else {
                Matcher handle = HANDLE.matcher(part);
                items.add(new Item(permalink(url, id), "post", handle.find() ? handle.group(1) : "", plain(part)));
            }
        }
        return items;
    }

    private static String permalink(String url, Matcher id) {
        URI page = URI.create(url);
        if (id.group("forum") != null) {
            return page.resolve("/post/" + id.group("forum")).toString();
        }
        return id.group("channel") != null
                ? page.resolve("/" + id.group("channel")).toString()
                : url + "#" + id.group("comment");
    }

    private static String plain(String html) {
        return html.replaceAll("<[^>]*>", " ")
                .replace("&quot;", "\"")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ");
    }

    static String pdf(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        SHOWN.matcher(new String(bytes, Charset.forName("windows-1252")))
                .results()
                .forEach(shown -> text.append(shown.group(1)).append(' '));
        return plain(text.toString());
    }

    static String docx(byte[] bytes) {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("word/document.xml")) {
                    return plain(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("no word/document.xml");
    }
}
