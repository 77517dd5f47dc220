package org.tidewatch.extract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.tidewatch.item.Media;

/**
 * What a page says of itself in JSON-LD (schema.org): its main thing, such as an article or a video, and the comments
 * on it. Damaged scripts are passed by with a problem.
 *
 * @param main the first article, posting or video among the top-level things
 * @param comments in order, nested ones after the one they answer
 */
record StructuredData(Optional<Thing> main, List<Thing> comments, List<Problem> problems) {

    /** Levels of nesting that are looked into. */
    private static final int MAX_DEPTH = 16;

    private static final int MAX_COMMENTS = 1_000;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA, JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();
    private static final Set<String> POSTINGS = Set.of("discussionforumposting", "socialmediaposting");

    /**
     * One described thing. All of its values are as written, except that markup is taken out of texts.
     *
     * @param parent id of the comment that this one is nested in
     */
    record Thing(
            String type,
            Optional<String> id,
            Optional<String> url,
            Optional<String> title,
            Optional<String> description,
            Optional<String> text,
            Optional<String> author,
            Optional<String> authorUrl,
            Optional<String> published,
            Optional<String> modified,
            List<Media> media,
            Optional<String> parent) {

        boolean isVideo() {
            return type.equals("videoobject");
        }

        /** Whether the page's main thing is itself a contribution to a discussion. */
        boolean isPosting() {
            return POSTINGS.contains(type);
        }

        boolean isMain() {
            return isVideo() || isPosting() || type.endsWith("article") || type.equals("blogposting");
        }
    }

    static StructuredData of(Document document) {
        List<Thing> main = new ArrayList<>();
        List<Thing> comments = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Element script : document.select("script[type=application/ld+json]")) {
            try {
                top(MAPPER.readTree(script.data()), main, comments, 0);
            } catch (JsonProcessingException e) {
                problems.add(new Problem("JSON-LD could not be read: " + e.getOriginalMessage()));
            }
        }
        return new StructuredData(main.stream().findFirst(), List.copyOf(comments), List.copyOf(problems));
    }

    private static void top(JsonNode node, List<Thing> main, List<Thing> comments, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        if (node.isArray()) {
            node.forEach(element -> top(element, main, comments, depth + 1));
        } else if (node.has("@graph")) {
            top(node.get("@graph"), main, comments, depth + 1);
        } else if (node.isObject()) {
            Thing thing = thing(node, Optional.empty());
            if (thing.isMain()) {
                main.add(thing);
            }
            comments(node, Optional.empty(), comments, depth + 1);
        }
    }

    private static void comments(JsonNode node, Optional<String> parent, List<Thing> comments, int depth) {
        for (String property : new String[] {"comment", "suggestedAnswer", "acceptedAnswer"}) {
            for (JsonNode comment : each(node.path(property))) {
                if (depth > MAX_DEPTH || comments.size() >= MAX_COMMENTS || !comment.isObject()) {
                    return;
                }
                Thing thing = thing(comment, parent);
                comments.add(thing);
                comments(comment, thing.id().or(thing::url), comments, depth + 1);
            }
        }
    }

    private static Thing thing(JsonNode node, Optional<String> parent) {
        List<Media> media = new ArrayList<>();
        Optional<String> title = prose(node, "headline").or(() -> prose(node, "name"));
        String type = type(node);
        if (type.equals("videoobject")) {
            text(node, "contentUrl").ifPresent(url -> media.add(new Media(Media.Type.VIDEO, url, title)));
            text(node, "embedUrl").ifPresent(url -> media.add(new Media(Media.Type.VIDEO, url, title)));
        }
        JsonNode author = first(node.path("author"));
        return new Thing(
                type,
                text(node, "identifier").or(() -> text(node, "@id")),
                text(node, "url"),
                title,
                prose(node, "description"),
                prose(node, "text").or(() -> prose(node, "articleBody")),
                author.isTextual() ? Optional.of(author.asText()) : prose(author, "name"),
                text(author, "url"),
                text(node, "datePublished").or(() -> text(node, "uploadDate")).or(() -> text(node, "dateCreated")),
                text(node, "dateModified"),
                List.copyOf(media),
                parent);
    }

    private static String type(JsonNode node) {
        String type = first(node.path("@type")).asText("");
        return type.substring(type.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    private static Optional<String> text(JsonNode node, String property) {
        JsonNode value = first(node.path(property));
        return value.isValueNode() && !value.isNull() && !value.asText().isBlank()
                ? Optional.of(value.asText().strip())
                : Optional.empty();
    }

    private static Optional<String> prose(JsonNode node, String property) {
        return text(node, property)
                .map(value -> value.indexOf('<') < 0 && value.indexOf('&') < 0
                        ? value
                        : Jsoup.parseBodyFragment(value).text());
    }

    private static Iterable<JsonNode> each(JsonNode node) {
        return node.isArray() ? node : List.of(node);
    }

    private static JsonNode first(JsonNode node) {
        return node.isArray() ? node.path(0) : node;
    }
}
