package org.tidewatch.extract;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeFilter.FilterResult;
import org.jsoup.select.NodeTraversor;

/**
 * Keeps a document as shallow as browsers do: what is nested deeper than {@link #MAX_DEPTH} becomes a flat run of
 * siblings at that depth, so that its words still show, and nothing that looks up or down the tree takes long.
 */
final class DeepNesting {

    /** The depth at which Chromium and WebKit stop nesting elements too. */
    static final int MAX_DEPTH = 512;

    private DeepNesting() {}

    /** Whether anything had to be flattened. */
    static boolean flatten(Document document) {
        List<Element> deepest = new ArrayList<>();
        NodeTraversor.filter(
                (node, depth) -> {
                    if (depth < MAX_DEPTH) {
                        return FilterResult.CONTINUE;
                    }
                    if (node instanceof Element element && element.childrenSize() > 0) {
                        deepest.add(element);
                    }
                    return FilterResult.SKIP_CHILDREN;
                },
                document);
        deepest.forEach(DeepNesting::flattenBelow);
        return !deepest.isEmpty();
    }

    private static void flattenBelow(Element element) {
        List<Node> flat = new ArrayList<>();
        NodeFilter collect = (node, depth) -> {
            if (node instanceof TextNode text) {
                flat.add(new TextNode(text.getWholeText()));
            } else if (node instanceof Element inner && depth > 0) {
                // Not shallowClone(): that looks for the base address all the way up, once for each element.
                flat.add(new Element(inner.tag(), "", inner.attributes().clone()));
            }
            return FilterResult.CONTINUE;
        };
        NodeTraversor.filter(collect, element);
        element.empty();
        element.appendChildren(flat);
    }
}
