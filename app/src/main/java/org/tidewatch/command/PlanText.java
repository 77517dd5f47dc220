package org.tidewatch.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tidewatch.index.Json;
import org.tidewatch.search.KeptSearch;
import org.tidewatch.search.Plan;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.Standing;
import org.tidewatch.url.Defang;

/** What applying saved searches changes, in words and as JSON. */
final class PlanText {

    private static final String INDENT = "    ";

    private final Place place;
    private final Plan plan;

    PlanText(Place place, Plan plan) {
        this.place = place;
        this.plan = plan;
    }

    /** One search that changes, for scripts. */
    private record Line(
            String id,
            Plan.Kind kind,
            int version,
            List<String> changed,
            Optional<Standing> before,
            Standing after,
            Optional<KeptSearch> search) {}

    void print() {
        plan.steps().stream()
                .filter(step -> step.kind() != Plan.Kind.UNCHANGED)
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .forEach(this::print);
        System.out.println(summary(plan));
    }

    void printAsJson() {
        plan.steps().stream()
                .filter(step -> step.kind() != Plan.Kind.UNCHANGED)
                .forEach(step -> System.out.println(Json.text(new Line(
                        step.id(),
                        step.kind(),
                        step.after().version(),
                        step.kind() == Plan.Kind.CHANGED ? step.after().entry().changed() : List.of(),
                        step.before().map(before -> before.entry().standing()),
                        step.after().entry().standing(),
                        Optional.of(step.after())))));
    }

    static String summary(Plan plan) {
        return plan.added().size() + " added, " + plan.changed().size() + " changed, "
                + plan.removed().size() + " removed, "
                + plan.ids(Plan.Kind.MOVED).size() + " stand otherwise, "
                + (plan.ids(Plan.Kind.UNCHANGED).size()
                        + plan.ids(Plan.Kind.NOTED).size()) + " as before.";
    }

    private void print(Plan.Step step) {
        KeptSearch after = step.after();
        System.out.println(sign(step.kind()) + " " + step.id() + "  " + head(step));
        step.before().ifPresent(before -> {
            if (step.kind() == Plan.Kind.CHANGED) {
                after.entry().changed().forEach(field -> field(field, before.definition(), after.definition()));
            }
        });
        if (step.before().isEmpty()) {
            detail(Shown.text(after.definition().title()));
            after.definition().question().query().lines().forEach(line -> detail("+ " + Shown.text(line)));
        }
        Standing now = after.entry().standing();
        String then = step.before()
                .map(before -> state(before.entry().standing().state()))
                .filter(state -> !state.equals(state(now.state())))
                .map(state -> state + " -> ")
                .orElse("");
        detail("stands: " + then + state(now.state()) + ", " + Defang.line(now.why()));
        if (now.state() == SavedSearch.State.PROPOSED
                && after.entry().approval().isEmpty()) {
            detail("to approve it: " + place.command("searches approve " + step.id() + " --as NAME"));
        }
        after.entry()
                .history()
                .filter(asked -> asked.revision() == plan.revision() && asked.revision() > 0)
                .ifPresent(asked -> detail(
                        !asked.run()
                                ? "history: is not looked through"
                                : "history: is looked through" + (asked.quiet() ? ", without alerts" : "")));
        after.entry()
                .problem()
                .ifPresent(problem ->
                        detail("refused, version " + after.version() + " stays: " + Shown.text(problem.message())));
    }

    private static String head(Plan.Step step) {
        return switch (step.kind()) {
            case ADDED -> "is new";
            case CHANGED -> "becomes version " + step.after().version();
            case REMOVED -> "its file is gone";
            case MOVED -> "stands otherwise";
            case NOTED -> "the same, with a note";
            case UNCHANGED -> "the same";
        };
    }

    private static char sign(Plan.Kind kind) {
        return switch (kind) {
            case ADDED -> '+';
            case CHANGED, MOVED -> '~';
            case REMOVED -> '-';
            case NOTED, UNCHANGED -> '=';
        };
    }

    private static void field(String name, SavedSearch before, SavedSearch after) {
        if (name.equals("question.query")) {
            detail("query:");
            LineDiff.of(before.question().query(), after.question().query())
                    .forEach(line -> detail("  " + Shown.text(line)));
            return;
        }
        String path = "/" + name.replace('.', '/');
        detail(name.replace("question.", "") + ": "
                + value(Json.document(before).at(path)) + " -> "
                + value(Json.document(after).at(path)));
    }

    private static String value(JsonNode value) {
        return value.isMissingNode() ? "none" : Shown.text(value.isTextual() ? value.asText() : value.toString());
    }

    static String state(SavedSearch.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static void detail(String text) {
        System.out.println(INDENT + text.replace(System.lineSeparator(), System.lineSeparator() + INDENT));
    }
}
