package org.tidewatch.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidewatch.index.Json;
import org.tidewatch.item.Account;
import org.tidewatch.match.Reason;
import org.tidewatch.novelty.Alert;

/** The words of a mail that its text and its HTML share. All of them are harmless, none is escaped for HTML. */
final class Facts {

    static final String CANDIDATE = "Candidate, not assessed by a person";
    static final String CARE = "What follows quotes public pages word for word and may distress. "
            + "Addresses and names of accounts are defanged, nothing here opens a page, and no media are shown.";

    private static final int MAX_URL = 500;
    private static final int MAX_TITLE = 200;
    private static final int MAX_NAME = 120;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Facts() {}

    static String title(Entry entry) {
        String title = Harmless.line(entry.alert().title(), MAX_TITLE);
        return title.isEmpty() ? "(no title)" : title;
    }

    static String address(String url) {
        return Harmless.line(url, MAX_URL);
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    /** What an item is: its platform, kind and language. */
    static String kind(Entry entry) {
        Alert alert = entry.alert();
        return Harmless.line(alert.platform(), MAX_NAME) + " · " + word(alert.itemKind())
                + alert.language().map(tag -> " · " + language(tag)).orElse("");
    }

    private static String language(String tag) {
        String name = Locale.forLanguageTag(tag).getDisplayLanguage(Locale.ENGLISH);
        return Harmless.line(name.isEmpty() ? tag : name, MAX_NAME);
    }

    private static String word(Object value) {
        JsonNode word = Json.MAPPER.valueToTree(value);
        return word.asText();
    }

    /** Label and value of what is known of an item, in the order to show them. */
    static Map<String, String> of(Entry entry) {
        Alert alert = entry.alert();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Address", address(alert.url()));
        facts.put("Host", Harmless.line(alert.host(), MAX_NAME));
        entry.account()
                .map(Facts::account)
                .filter(name -> !name.isEmpty())
                .ifPresent(name -> facts.put("Account", name));
        facts.put("Published", alert.publishedAt().map(Facts::time).orElse("the page does not say"));
        facts.put("Fetched", time(alert.fetchedAt()));
        facts.put(
                entry.searches().size() == 1 ? "Search" : "Searches",
                String.join("; ", entry.searches().stream().map(Facts::search).toList()));
        return facts;
    }

    private static String account(Account account) {
        String handle = account.handle().map(text -> "@" + text).orElse("");
        String name = account.name().orElse("");
        return Harmless.line(handle.isEmpty() || name.isEmpty() ? handle + name : name + " (" + handle + ")", MAX_NAME);
    }

    private static String search(Alert.Search search) {
        return searchTitle(search) + " (T" + search.tier() + ", version " + search.version() + ")";
    }

    static String searchTitle(Alert.Search search) {
        String title = Harmless.line(search.title(), MAX_NAME);
        return title.isEmpty() ? search.id() : title;
    }

    /** Which part of which search matched where. */
    static String because(Alert.Search search, Reason reason) {
        return searchTitle(search) + " · " + (reason.field().isEmpty() ? "" : "in " + field(reason.field()) + " · ")
                + Harmless.line(reason.clause(), MAX_TITLE);
    }

    private static String field(String field) {
        return switch (field) {
            case "title" -> "the title";
            case "text" -> "the text";
            case "quoted" -> "words it quotes";
            case "text_folded" -> "the folded text";
            default -> Harmless.line(field, MAX_NAME);
        };
    }

    /** For an item whose text was known from elsewhere. */
    static Optional<String> sameAs(Entry entry) {
        return entry.first()
                .map(first -> "Same text as first seen at "
                        + (first.url().isEmpty() ? Harmless.line(first.host(), MAX_NAME) : address(first.url()))
                        + " on "
                        + time(first.at()) + " (" + "./tidewatch show " + Harmless.line(first.item()) + ")");
    }

    static String places(int more) {
        return "and " + more + (more == 1 ? " more place" : " more places");
    }

    static Optional<String> unshown(Letter letter) {
        return letter.unshown() == 0
                ? Optional.empty()
                : Optional.of("And " + letter.unshown() + " more. See them all with ./tidewatch candidates");
    }

    static Optional<String> ended(Letter letter) {
        return letter.ended() == 0
                ? Optional.empty()
                : Optional.of((letter.ended() == 1 ? "1 alert is" : letter.ended() + " alerts are")
                        + " left out: forgotten, past retention or unreadable since this mail was put together.");
    }

    /** Why this reader gets this mail, and what to do about it. */
    static List<String> why(Letter letter) {
        String searches = letter.searches().size() == 1 ? "the search above names" : "the searches above name";
        boolean named = letter.entries().stream()
                .flatMap(entry -> entry.searches().stream())
                .anyMatch(search ->
                        search.recipients().contains(letter.recipient().id()));
        String because = named
                ? "You get this mail because " + searches + " \""
                        + letter.recipient().id() + "\" among the recipients."
                : "You get this mail as the fallback (mail.fallback) because " + searches
                        + " no recipient whom the configuration knows.";
        return List.of(
                because,
                "To stop it, ask the owner of the search, or remove the recipient from the search's file.",
                "Delivery " + letter.delivery().id() + ", put together "
                        + time(letter.delivery().createdAt()) + ".");
    }

    /** Where Kibana shows the item, if there is a Kibana. */
    static Optional<String> kibana(Optional<URI> base, Entry entry) {
        String item = entry.alert().item();
        if (base.isEmpty() || !item.matches("[0-9A-Za-z_-]+")) {
            return Optional.empty();
        }
        String root = base.get().toString().replaceAll("/+$", "");
        return Optional.of(root + "/app/discover#/?_g=(time:(from:now-10y,to:now))&_a=(query:(language:kuery,query:'id:"
                + item + "'))");
    }
}
