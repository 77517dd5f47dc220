package org.tidewatch.match;

import org.tidewatch.query.Clause;
import org.tidewatch.search.Question;

/** A query that documents are held against as they come. */
public record StandingQuery(String id, Clause clause, Question.Form form) {}
