package org.tidewatch.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidewatch.index.Json;

/** Lucene syntax goes raw to the server's own {@code query_string}, as Kibana sends it, and finds what our tree finds. */
class LuceneAndServerTest {

    private static final List<String> QUERIES = List.of(
            // words, groups, operators
            "falcon",
            "FALCON purple",
            "purple AND falcon",
            "purple OR dawn AND falcon",
            "purple AND dawn OR falcon",
            "title:(purple falcon AND front)",
            "title:(a OR purple AND falcon)",
            "+purple -title:falcon",
            "purple && !dawn",
            "falcon || dawn",
            "NOT falcon",
            "-title:falcon -title:purple",
            "title:falcon OR (NOT content:falcon)",
            "title:falcon AND (NOT content:dawn)",
            "(title:falcon content:dawn)^3 AND lang:en",
            "title:and",
            "falcon and purple",
            "title:\"!!!\" OR title:dawn",
            "title:\"!!!\" AND title:dawn",
            "wi-fi",
            "content:well-known",
            "\"\" falcon",
            // phrases
            "\"purple falcon\"",
            "content:\"falcon rises\"~1",
            "content:\"dawn falcon\"~4",
            "content:\"dawn falcon\"~3",
            "title:\"falcon\"~2",
            "tags:\"harbour watch\"~2",
            "tags:\"\"",
            "title:\"\"",
            // prefixes, wildcards, fuzzy, regular expressions
            "fal*",
            "title:FAL*",
            "content:well-kno*",
            "content:\\-fal*",
            "title:*con",
            "title:f?lc*n",
            "title:F?LC*",
            "tags:F?lc*",
            "tags:dem?",
            "tags:f\\*l*",
            "tags:*",
            "title:**",
            "title:*?",
            "*",
            "*:*",
            "title:falcon~",
            "title:falcon~1",
            "title:falcon~2",
            "title:falcon~0",
            "title:fal~",
            "tags:demos~",
            "lang:an~1",
            "title:/fal[ck]on/",
            "title:/FAL.*/",
            "title:/fal(co|ka)n?.*/",
            "tags:/[0-9]+/",
            "tags:/<1-10>/",
            "title:/.*con&fal.*/",
            "tags:/~(demo)/",
            // numbers, booleans, addresses
            "bytes:7",
            "bytes:007",
            "bytes:1.5",
            "bytes:1e3",
            "bytes:\"-1\"",
            "bytes:\\-1",
            "bytes:abc OR title:falcon",
            "bytes:99999999999999999999 OR title:falcon",
            "bytes:[1 TO 100]",
            "bytes:{1 TO 100}",
            "bytes:[* TO 7}",
            "bytes:>100",
            "bytes:>=100",
            "bytes:<=\\-1",
            "bytes:[\"-1\" TO 1.5]",
            "score:1.5",
            "score:[0 TO *]",
            "score:{0 TO *}",
            "score:<0",
            "has_media:true",
            "has_media:yes OR title:falcon",
            "has_media:[false TO true}",
            "server_ip:192.0.2.7",
            "server_ip:\"10.0.0.0/24\"",
            "server_ip:10.0.0.0\\/24",
            "server_ip:\"2001:db8::/32\"",
            "server_ip:[10.0.0.0 TO 10.0.0.255]",
            "server_ip:abc OR title:falcon",
            "007",
            "2024",
            "true",
            // dates
            "fetched_at:2024-03-10",
            "fetched_at:2024",
            "fetched_at:\"2024-03-10T12:00:00Z\"",
            "fetched_at:[2024-03-10 TO 2024-03-11}",
            "fetched_at:{2024-03-10 TO *}",
            "fetched_at:>2024-03-10",
            "fetched_at:<=2024-01",
            "fetched_at:[now-100y TO now]",
            "fetched_at:\"2024-03-10||/M\"",
            "fetched_at:[2024-03-10||\\/M TO 2024-03-10||\\/M]",
            "fetched_at:abc OR title:falcon",
            "fetched_at:20* OR title:falcon",
            // fields
            "tags:demo",
            "tags:(demo OR press)",
            "tags:(harbour watch)",
            "tags:harbour\\ watch",
            "lang:[ar TO en]",
            "lang:>ru",
            "title:[Falco TO falcoo]",
            "title:[* TO *]",
            "tags:[* TO *]",
            "fetched_at:[* TO *]",
            "bytes:[* TO *]",
            "title:>=",
            "_exists_:title",
            "_exists_:author",
            "_exists_:auth\\*",
            "_exists_:nosuch",
            "author.\\*:mara",
            "author:*",
            "author.name:mara",
            "nosuch:x OR title:falcon",
            "nosuch:* OR title:falcon",
            "t\\*:falcon",
            // scripts
            "сокол",
            "content:\"МОР ШАХИН\" OR ПУРПУРНЫЙ",
            "title:ŞAHİN",
            "الصقر",
            "\"جبهة الصقر\"",
            "紫の隼",
            "title:\"紫の隼\"",
            "🦅",
            "сок*",
            "\\u0066alcon");

    @Test
    void bothFindTheSame() throws IOException, QueryRefused {
        List<JsonNode> raw = new ArrayList<>();
        List<JsonNode> ours = new ArrayList<>();
        for (String query : QUERIES) {
            raw.add(Json.MAPPER
                    .createObjectNode()
                    .set(
                            "query_string",
                            Json.MAPPER.createObjectNode().put("query", query).put("analyze_wildcard", true)));
            ours.add(KibanaIndex.query(LuceneSyntax.parse(query, TestFields.ALL).clause()));
        }
        List<String> disagreements = new ArrayList<>();
        try (KibanaIndex index = KibanaIndex.open()) {
            List<KibanaIndex.Answer> theirs = index.find(raw);
            List<KibanaIndex.Answer> found = index.find(ours);
            for (int i = 0; i < QUERIES.size(); i++) {
                if (theirs.get(i).found().isEmpty() || !theirs.get(i).equals(found.get(i))) {
                    disagreements.add(QUERIES.get(i) + ": the server finds " + theirs.get(i) + ", we " + found.get(i));
                }
            }
        }

        assertThat(disagreements).isEmpty();
    }
}
