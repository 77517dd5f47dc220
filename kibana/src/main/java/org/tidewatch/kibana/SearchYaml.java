package org.tidewatch.kibana;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidewatch.index.Json;
import org.tidewatch.search.Examples;
import org.tidewatch.search.MailSchedule;
import org.tidewatch.search.Question;
import org.tidewatch.search.SavedSearch;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** Writes a definition as the file that it could have come from: read again, it is the same definition. */
public final class SearchYaml {

    private SearchYaml() {}

    /** The content of {@code <id>.yaml}; what is as it is by default is left out. */
    public static String of(SavedSearch search) {
        Question question = search.question();
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("id", search.id());
        file.put("title", search.title());
        file.put("language", written(question.language()));
        if (!question.query().isEmpty()) {
            file.put("query", question.query());
        }
        put(file, "filters", plain(question.filters()));
        if (question.form() != Question.Form.FOLDED) {
            file.put("match", written(question.form()));
        }
        put(file, "except_hosts", question.exceptHosts());
        put(file, "except_seeds", question.exceptSeeds());
        file.put("tier", search.tier());
        file.put("purpose", search.purpose());
        file.put("basis", search.basis());
        file.put("owner", search.owner());
        put(file, "recipients", search.recipients());
        if (search.mail() != MailSchedule.BY_TIER) {
            file.put("mail", written(search.mail()));
        }
        file.put("review_by", search.reviewBy());
        file.put("state", written(search.state()));
        search.proposedBy().ifPresent(by -> file.put("proposed_by", by));
        search.approvedBy().ifPresent(by -> file.put("approved_by", by));
        if (!search.examples().equals(Examples.NONE)) {
            Map<String, Object> examples = new LinkedHashMap<>();
            put(examples, "match", plain(search.examples().match()));
            put(examples, "no_match", plain(search.examples().noMatch()));
            file.put("examples", examples);
        }
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setSplitLines(false);
        return new Yaml(new Styled(options), options).dump(file);
    }

    private static void put(Map<String, Object> file, String key, List<?> values) {
        if (!values.isEmpty()) {
            file.put(key, values);
        }
    }

    private static String written(Enum<?> constant) {
        return Json.MAPPER.convertValue(constant, String.class);
    }

    private static List<Object> plain(List<JsonNode> values) {
        return values.stream()
                .map(value -> Json.MAPPER.convertValue(value, Object.class))
                .toList();
    }

    /** Text of several lines as such, days without quotes, and nothing by reference. */
    private static final class Styled extends Representer {

        Styled(DumperOptions options) {
            super(options);
            representers.put(LocalDate.class, day -> representScalar(Tag.TIMESTAMP, day.toString()));
            representers.put(String.class, this::text);
        }

        private Node text(Object value) {
            String text = (String) value;
            return representScalar(
                    Tag.STR,
                    text,
                    text.indexOf('\n') >= 0 ? DumperOptions.ScalarStyle.LITERAL : DumperOptions.ScalarStyle.PLAIN);
        }
    }
}
