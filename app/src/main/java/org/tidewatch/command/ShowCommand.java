package org.tidewatch.command;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tidewatch.index.Json;
import org.tidewatch.item.Item;
import org.tidewatch.review.Review;
import org.tidewatch.url.Defang;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One item in full. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows one item as text with its reasons, history and seeds; every address is defanged.")
final class ShowCommand implements Callable<Integer> {

    private static final int TEXT = 4_000;

    @Mixin
    private Place place = new Place();

    @Parameters(paramLabel = "ID", description = "the item's id, or as much of its beginning as makes it one item")
    private String id = "";

    @Option(names = "--full", description = "the whole text, however long")
    private boolean full;

    @Option(names = "--json", description = "one JSON object, addresses as they are")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        try (Desk desk = Desk.open(place)) {
            Optional<Review.Candidate> found = Chosen.one(desk.review(), id);
            if (found.isEmpty()) {
                return 1;
            }
            Review.Dossier dossier = desk.review().dossier(found.get());
            if (json) {
                System.out.println(Json.text(dossier));
            } else {
                print(dossier, System.out);
            }
            return 0;
        }
    }

    private void print(Review.Dossier dossier, PrintStream out) {
        Item item = dossier.candidate().item();
        out.println(Defang.line(item.title().isBlank() ? "(no title)" : item.title()));
        out.println();
        row(out, "id", item.id());
        row(out, "state", state(dossier.candidate()));
        row(out, "address", item.url());
        if (!item.page().value().equals(item.url())) {
            row(out, "read from", item.page().value());
        }
        row(
                out,
                "kind",
                item.kind().name().toLowerCase(Locale.ROOT) + " on " + item.platform()
                        + item.language()
                                .map(language -> ", language " + language)
                                .orElse(""));
        item.author()
                .ifPresent(author -> row(
                        out,
                        "account",
                        author.name().orElse("")
                                + author.handle().map(handle -> " @" + handle).orElse("")));
        item.publishedAt().ifPresent(at -> row(out, "published", at + " (by the page's own word)"));
        row(out, "first seen", time(dossier.candidate().stored().firstSeenAt()));
        row(
                out,
                "last seen",
                time(dossier.candidate().stored().lastSeenAt()) + ", version "
                        + dossier.candidate().stored().version());
        dossier.candidate().stored().goneAt().ifPresent(at -> row(out, "gone since", time(at)));
        row(out, "seeds", String.join(", ", item.seeds()));
        reasons(dossier, out);
        text(out, "Text", item.text());
        text(out, "Quoted (words of others)", item.quoted());
        list(out, "Links", item.links());
        list(
                out,
                "Media (never shown)",
                item.media().stream()
                        .map(media -> media.type().name().toLowerCase(Locale.ROOT) + " " + media.url())
                        .toList());
        history(dossier, out);
        out.println();
        out.println("Judge it: "
                + place.command("decide " + item.id().substring(0, 10) + " confirmed|dismissed|unsure --why TEXT"));
    }

    private static String state(Review.Candidate candidate) {
        String review = candidate
                .stored()
                .review()
                .map(decision -> decision.state() + " by " + decision.by() + " on " + time(decision.at()) + ": "
                        + decision.why())
                .orElse("not assessed by a person");
        return (candidate.stored().candidate() ? "candidate, " : "") + review;
    }

    private static void reasons(Review.Dossier dossier, PrintStream out) {
        dossier.matches().forEach(match -> {
            out.println();
            out.println("Why: search " + match.search() + " (tier " + match.tier() + ", version "
                    + match.searchVersion() + ")"
                    + (match.approved() ? "" : ", proposed only")
                    + match.endedAt()
                            .map(at -> ", no longer matches since " + time(at))
                            .orElse(""));
            match.reasons().forEach(reason -> {
                out.println("  " + (reason.field().isEmpty() ? "item" : reason.field()) + "  "
                        + Defang.line(reason.clause()));
                out.println("    " + Defang.line(reason.excerpt()));
            });
        });
    }

    private void text(PrintStream out, String head, String text) {
        if (text.isBlank()) {
            return;
        }
        out.println();
        boolean cut = !full && text.length() > TEXT;
        out.println(head
                + (cut ? " (the first " + TEXT + " of " + text.length() + " characters; --full shows all)" : "") + ":");
        Defang.text(cut ? text.substring(0, TEXT) : text).lines().forEach(line -> out.println("  " + line));
    }

    private static void list(PrintStream out, String head, List<String> addresses) {
        if (!addresses.isEmpty()) {
            out.println();
            out.println(head + ":");
            addresses.forEach(address -> out.println("  " + Defang.line(address)));
        }
    }

    private static void history(Review.Dossier dossier, PrintStream out) {
        if (dossier.alerts().isEmpty() && dossier.decisions().isEmpty()) {
            return;
        }
        out.println();
        out.println("History:");
        dossier.alerts()
                .forEach(alert -> out.println("  " + time(alert.alertedAt()) + "  alert ("
                        + alert.kind().name().toLowerCase(Locale.ROOT) + ") for "
                        + String.join(
                                ", ",
                                alert.searches().stream()
                                        .map(search -> search.id())
                                        .toList())
                        + alert.first()
                                .map(first -> ", first seen at " + Defang.line(first.url()))
                                .orElse("")));
        dossier.decisions()
                .forEach(decision -> out.println("  " + time(decision.at()) + "  "
                        + decision.verdict().name().toLowerCase(Locale.ROOT) + " by " + Defang.line(decision.by())
                        + ": "
                        + Defang.line(decision.why())));
    }

    private static void row(PrintStream out, String name, String value) {
        out.println(String.format(Locale.ROOT, "%-12s %s", name, Defang.line(value)));
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
