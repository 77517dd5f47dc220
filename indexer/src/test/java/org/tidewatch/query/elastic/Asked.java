package org.tidewatch.query.elastic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.List;
import org.tidewatch.search.Question;

/**
 * A query as an analyst writes it, and what Kibana would send to the server for it: the witness that has seen none of our
 * parsers.
 */
record Asked(Question.Language language, String query, List<JsonNode> filters, ZoneId zone, ObjectNode raw) {}
