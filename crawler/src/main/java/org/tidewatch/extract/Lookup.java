package org.tidewatch.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeFilter.FilterResult;
import org.jsoup.select.NodeTraversor;

/**
 * Finds elements in one part of a page without entering what belongs to another part. So the parts of a page are walked
 * once each, however they are nested, where a selector would walk the innermost part once for every part around it.
 *
 * <p>For evaluators without combinators only: jsoup remembers what those with combinators have seen.
 */
final class Lookup {

    private Lookup() {}

    /**
     * @param foreign elements that are passed by, with all that is in them
     * @param closed elements that may match but are not entered
     */
    static List<Element> find(
            Element root, Evaluator wanted, int max, Predicate<Element> foreign, Predicate<Element> closed) {
        List<Element> found = new ArrayList<>();
        NodeFilter filter = (node, depth) -> {
            if (!(node instanceof Element element)) {
                return FilterResult.CONTINUE;
            }
            if (depth > 0 && foreign.test(element)) {
                return FilterResult.SKIP_ENTIRELY;
            }
            if (wanted.matches(root, element)) {
                found.add(element);
                if (found.size() == max) {
                    return FilterResult.STOP;
                }
            }
            return depth > 0 && closed.test(element) ? FilterResult.SKIP_CHILDREN : FilterResult.CONTINUE;
        };
        NodeTraversor.filter(filter, root);
        return found;
    }
}
