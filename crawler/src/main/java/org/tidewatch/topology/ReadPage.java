package org.tidewatch.topology;

import java.util.List;
import org.tidewatch.frontier.Completion;
import org.tidewatch.frontier.Found;
import org.tidewatch.frontier.Visit;
import org.tidewatch.item.Item;

/**
 * What extraction made of one fetched page, on its way to the matcher.
 *
 * @param problems what was cut or skipped, for the record
 */
public record ReadPage(
        Visit visit, Completion completion, List<Item> items, List<Found> found, List<String> problems) {}
