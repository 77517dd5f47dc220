package org.tidewatch.kibana;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tidewatch.query.Fields;
import org.tidewatch.query.KibanaFilters;
import org.tidewatch.query.Parsed;
import org.tidewatch.query.QueryRefused;
import org.tidewatch.search.Approval;
import org.tidewatch.search.Consent;
import org.tidewatch.search.MailSchedule;
import org.tidewatch.search.Question;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.url.CanonicalUrl;
import org.tidewatch.yaml.Problem;
import org.tidewatch.yaml.YamlMap;

/** Reads one search from a mapping of a file, and tries it on its examples. */
final class Definition {

    private static final String SLUG = "[a-z0-9]+(-[a-z0-9]+)*";

    private final Clock clock;
    private final Optional<Set<String>> recipients;
    private final List<Problem> warnings;

    Definition(Clock clock, Optional<Set<String>> recipients, List<Problem> warnings) {
        this.clock = clock;
        this.recipients = recipients;
        this.warnings = warnings;
    }

    /**
     * The search, or empty with its problems added to the mapping's.
     *
     * @param named the id that the file's name asks for
     */
    Optional<SavedSearch> read(YamlMap map, Optional<String> named) {
        Watched watched = new Watched(map);
        String id = map.required("id");
        named.filter(name -> !id.isEmpty() && !id.equals(name))
                .ifPresent(
                        name -> watched.problem("id", "must be the file's name, \"" + name + "\", not \"" + id + "\""));
        if (!id.isEmpty() && !id.matches(SLUG)) {
            watched.problem("id", "lower-case words joined by '-', not \"" + id + "\"");
        }
        String title = map.required("title");
        Question question = question(watched);
        Optional<Integer> tier = map.integer("tier", SavedSearch.MIN_TIER, SavedSearch.MAX_TIER);
        if (!map.has("tier")) {
            watched.problem("tier", "missing: " + SavedSearch.MIN_TIER + " (most urgent) to " + SavedSearch.MAX_TIER);
        }
        String purpose = map.required("purpose");
        String basis = basis(watched);
        String owner = map.required("owner");
        List<String> names = recipients(watched);
        MailSchedule mail = map.oneOf("mail", MailSchedule.class).orElse(MailSchedule.BY_TIER);
        Optional<LocalDate> reviewBy = map.date("review_by");
        if (!map.has("review_by")) {
            watched.problem(
                    "review_by", "missing: the day until which somebody will have looked whether it is still needed");
        }
        SavedSearch.State state = map.oneOf("state", SavedSearch.State.class).orElse(SavedSearch.State.PROPOSED);
        Optional<String> proposedBy = map.text("proposed_by");
        Optional<String> approvedBy = map.text("approved_by");
        boolean ownWork = proposedBy.isPresent()
                && approvedBy
                        .filter(by -> Approval.samePerson(by, proposedBy.get()))
                        .isPresent();
        if (ownWork) {
            watched.problem(
                    "approved_by",
                    "someone other than proposed_by (\"" + proposedBy.orElseThrow() + "\") approves a search");
        }
        ExampleList examples = ExampleList.read(map, clock.instant());
        map.refuseUnknown();
        if (watched.hasProblem()) {
            return Optional.empty();
        }
        SavedSearch search = new SavedSearch(
                id,
                title,
                question,
                tier.orElseThrow(),
                purpose,
                basis,
                owner,
                names,
                mail,
                reviewBy.orElseThrow(),
                state,
                proposedBy,
                approvedBy,
                examples.examples());
        if (readable(watched, search)) {
            examples.tryOn(search);
        }
        return watched.hasProblem() ? Optional.empty() : Optional.of(search);
    }

    private Question question(Watched watched) {
        YamlMap map = watched.map();
        Optional<Question.Language> language =
                map.text("language").filter("kql"::equals).isPresent()
                        ? Optional.of(Question.Language.KUERY)
                        : map.oneOf("language", Question.Language.class);
        if (!map.has("language")) {
            watched.problem("language", "missing: kuery (or kql) as Kibana's search bar has it, or lucene");
        }
        List<YamlMap.Entry> filters = map.entries("filters");
        String query =
                filters.isEmpty() ? map.required("query") : map.text("query").orElse("");
        Question.Form form = map.oneOf("match", Question.Form.class).orElse(Question.Form.FOLDED);
        return new Question(
                language.orElse(Question.Language.KUERY),
                query,
                filters.stream().map(YamlMap.Entry::value).toList(),
                form,
                hosts(watched),
                seeds(watched));
    }

    private static List<String> hosts(Watched watched) {
        List<String> hosts = new ArrayList<>();
        for (String text : watched.map().texts("except_hosts")) {
            Optional<CanonicalUrl> url =
                    text.matches("[^/:@\\s*?#]+") ? CanonicalUrl.of("http://" + text + "/") : Optional.empty();
            url.ifPresentOrElse(
                    known -> hosts.add(known.host()),
                    () -> watched.problem(
                            "except_hosts",
                            "host names such as news.example (with all below them), not \"" + text + "\""));
        }
        return hosts;
    }

    private static List<String> seeds(Watched watched) {
        List<String> seeds = watched.map().texts("except_seeds");
        for (String seed : seeds) {
            if (!seed.matches(SLUG + "/" + SLUG)) {
                watched.problem("except_seeds", "a list and a seed of it, as \"harbour/forum\", not \"" + seed + "\"");
            }
        }
        return seeds;
    }

    private static String basis(Watched watched) {
        YamlMap map = watched.map();
        Optional<String> entity = map.text("entity");
        if (entity.isPresent() && map.has("basis")) {
            watched.problem("entity", "stands in the place of basis: give one of them");
        }
        return entity.isPresent() ? entity.get() : map.required("basis");
    }

    private List<String> recipients(Watched watched) {
        YamlMap map = watched.map();
        List<String> names = map.texts("recipients");
        for (String name : names) {
            if (name.contains("@")) {
                watched.problem(
                        "recipients",
                        "names from mail.recipients of the configuration, never addresses: \"" + name + "\"");
            } else if (recipients.filter(known -> !known.contains(name)).isPresent()) {
                warn(map, "recipients", "\"" + name + "\" is not in mail.recipients of the configuration");
            }
        }
        return names;
    }

    private boolean readable(Watched watched, SavedSearch search) {
        Question question = search.question();
        YamlMap map = watched.map();
        try {
            KibanaFilters.parse(question.filters(), Fields.ofItems());
        } catch (QueryRefused e) {
            watched.problem("filters", String.valueOf(e.getMessage()));
            return false;
        }
        try {
            for (Parsed.Remark remark : question.read(Fields.ofItems()).remarks()) {
                warn(map, "query", new QueryRefused(remark.message(), remark.position()).withCaret(question.query()));
            }
        } catch (QueryRefused e) {
            watched.problem("query", e.withCaret(question.query()));
            return false;
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (today.isAfter(search.reviewBy())) {
            warn(
                    map,
                    "review_by",
                    "this day has passed: look whether the search is still needed; " + Consent.GRACE_DAYS
                            + " days after it the search is proposed again");
        }
        return true;
    }

    private void warn(YamlMap map, String key, String message) {
        warnings.add(new Problem(map.file(), map.line(key), map.full(key), message));
    }

    /** A mapping that knows whether it was found wanting since it was begun. */
    private static final class Watched {
        private final YamlMap map;
        private final int before;

        Watched(YamlMap map) {
            this.map = map;
            this.before = map.problems();
        }

        YamlMap map() {
            return map;
        }

        void problem(String key, String message) {
            map.problem(key, message);
        }

        boolean hasProblem() {
            return map.problems() > before;
        }
    }
}
