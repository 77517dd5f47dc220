package org.tidewatch.topology;

import java.util.List;
import org.tidewatch.filing.Filing;

/** A page whose items have met the searches, on its way to the index. */
public record MatchedPage(ReadPage page, List<Filing.Matched> matched) {}
