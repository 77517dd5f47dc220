package org.tidewatch.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tidewatch.item.Item;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Takes the text and links of a file from Tika's XHTML events. Ends the parse when the text is long enough or the thread
 * is interrupted. Not thread-safe.
 */
final class FileWords extends DefaultHandler {

    private static final Set<String> BLOCKS = Set.of(
            "p", "div", "br", "tr", "td", "th", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr");

    private final Flow flow;
    private final List<String> links = new ArrayList<>();
    private int head;

    FileWords(int maxChars) {
        this.flow = new Flow(maxChars);
    }

    boolean isCut() {
        return flow.isCut();
    }

    String text() {
        return flow.toString();
    }

    /** References as the file writes them. */
    List<String> links() {
        return List.copyOf(links);
    }

    @Override
    public void startElement(String uri, String localName, String qName, Attributes attributes) {
        if (localName.equals("head")) {
            head++;
        }
        if (BLOCKS.contains(localName)) {
            flow.breakLine();
        }
        String href = attributes.getValue("href");
        if (localName.equals("a") && href != null && links.size() < Item.MAX_LINKS) {
            links.add(href);
        }
    }

    @Override
    public void endElement(String uri, String localName, String qName) {
        if (localName.equals("head")) {
            head--;
        }
        if (BLOCKS.contains(localName)) {
            flow.breakLine();
        }
    }

    @Override
    public void characters(char[] chars, int start, int length) throws SAXException {
        if (head == 0) {
            flow.append(new String(chars, start, length));
        }
        if (flow.isCut()) {
            throw new SAXException("The text is long enough");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new SAXException("The time is up");
        }
    }

    @Override
    public void ignorableWhitespace(char[] chars, int start, int length) throws SAXException {
        characters(chars, start, length);
    }
}
