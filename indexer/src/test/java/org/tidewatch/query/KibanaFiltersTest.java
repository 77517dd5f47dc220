package org.tidewatch.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidewatch.index.Json;

/** What filters become and which are refused; that they find what Kibana's find is tested with the server. */
class KibanaFiltersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[] # *",
                "[{'meta':{'disabled':true},'query':{'match_phrase':{'tags':'a'}}}] # *",
                "[{'meta':{'negate':true},'query':{'match_phrase':{'tags':'a'}}}] # !tags=a",
                "[{'query':{'match_phrase':{'tags':'a'}}},{'meta':{'negate':true},'exists':{'field':'bytes'}}]"
                        + " # (tags=a & !bytes exists)",
                "[{'query':{'match':{'title':{'query':'Purple falcon','type':'phrase'}}}}] # title:purple falcon",
                "[{'query':{'query_string':{'query':'title:falcon OR tags:Demo'}}}] # (title:falcon | tags=Demo)",
                "[{'range':{'fetched_at':{'gte':'now-7d','lt':'now'}}}] # fetched_at[now-7d..now-1]",
                "[{'query':{'range':{'fetched_at':{'gte':2024,'format':'epoch_millis'}}}}] # fetched_at[02024..]",
                "[{'query':{'bool':{'should':[],'minimum_should_match':1}}}] # *",
                "[{'meta':{'type':'combined','relation':'OR','params':[{'query':{'term':{'tags':'a'}}},"
                        + "{'meta':{'negate':true},'query':{'term':{'tags':'b'}}}]}}] # (tags=a | !tags=b)",
                "[{'meta':{'type':'combined','relation':'AND','negate':true,'params':[{'query':{'term':{'tags':'a'}}},"
                        + "{'query':{'term':{'tags':'b'}}}]}}] # !(tags=a & tags=b)",
                "[{'meta':{'type':'combined','relation':'OR','params':[{'query':{'term':{'tags':'a'}}},"
                        + "{'meta':{'disabled':true},'query':{'term':{'tags':'b'}}}]}}] # *"
            })
    void filtersAreReadAndJoined(String line) throws QueryRefused {
        String[] parts = line.split(" # ", 2);

        assertThat(ShownClause.of(
                        KibanaFilters.parse(filters(parts[0]), TestFields.TITLE).clause()))
                .isEqualTo(parts[1]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "['x'] # filters[0] is no filter",
                "[{'match_all':{}},{'query':{}}] # filters[1] holds 0 keys",
                "[{'query':{'match':{'title':'a'},'term':{'tags':'b'}}}] # filters[0] holds 2 keys",
                "[{'missing':{'field':'title'}}] # filters[0].missing fails in Elasticsearch",
                "[{'query':{'script':{}}}] # filters[0].script cannot be read",
                "[{'query':{'nested':{'path':'a','query':{}}}}] # filters[0].nested has nothing to look in",
                "[{'query':{'match':{'title':{'query':'a','fuzziness':1}}}}] # filters[0].match.title.fuzziness",
                "[{'query':{'wildcard':{'tags':{'value':'a*','case_insensitive':true}}}}]"
                        + " # filters[0].wildcard.tags.case_insensitive",
                "[{'query':{'range':{'bytes':{'gte':'x'}}}}] # filters[0].range.bytes cannot be asked: \"x\" is no number",
                "[{'query':{'range':{'fetched_at':{'gte':'now','time_zone':'+01:00'}}}}]"
                        + " # filters[0].range.fetched_at.time_zone is one of",
                "[{'query':{'range':{'fetched_at':{'gte':'10.03.2024','format':'dd.MM.yyyy'}}}}]"
                        + " # filters[0].range.fetched_at.format is one of",
                "[{'query':{'match_phrase':{'tags':null}}}] # filters[0].match_phrase.tags",
                "[{'query':{'query_string':{'query':'title:(a'}}}] # filters[0].query_string.query cannot be read",
                "[{'query':{'bool':{'filter':[{'term':{'tags':'a'}},{'fuzzy':{'title':'b'}}]}}}]"
                        + " # filters[0].bool.filter[1].fuzzy cannot be read",
                "[{'query':{'bool':{'should':[],'minimum_should_match':2}}}] # filters[0].bool.minimum_should_match",
                "[{'meta':{'type':'combined','relation':'XOR','params':[]}}] # filters[0].meta.relation",
                "[{'meta':{'type':'combined','relation':'OR','params':[{'query':{'geo_shape':{}}}]}}]"
                        + " # filters[0].meta.params[0].geo_shape"
            })
    void whatCannotBeReadIsRefusedByItsPath(String line) {
        String[] parts = line.split(" # ", 2);

        assertThat(refused(parts[0])).hasMessageStartingWith(parts[1]);
    }

    @Test
    void bookkeepingCannotBeFilteredBy() {
        QueryRefused refused = catchThrowableOfType(
                QueryRefused.class,
                () -> KibanaFilters.parse(
                        filters("[{'query':{'match_phrase':{'review.state':'x'}}}]"), Fields.ofItems()));

        assertThat(refused).hasMessageContaining("written once an item has been matched");
    }

    @Test
    void anUnknownFieldFindsNothingAndIsRemarkedUpon() throws QueryRefused {
        Parsed parsed = KibanaFilters.parse(filters("[{'query':{'match_phrase':{'titel':'x'}}}]"), TestFields.TITLE);

        assertThat(parsed.clause()).isEqualTo(new Clause.Nothing());
        assertThat(parsed.remarks()).singleElement().satisfies(remark -> assertThat(remark.message())
                .contains("did you mean title?"));
    }

    private static List<JsonNode> filters(String json) {
        List<JsonNode> filters = new ArrayList<>();
        Json.parse(json.replace('\'', '"'), JsonNode.class).forEach(filters::add);
        return filters;
    }

    private static QueryRefused refused(String json) {
        QueryRefused refused =
                catchThrowableOfType(QueryRefused.class, () -> KibanaFilters.parse(filters(json), TestFields.TITLE));
        assertThat(refused).as("what becomes of %s", json).isNotNull();
        return refused;
    }
}
