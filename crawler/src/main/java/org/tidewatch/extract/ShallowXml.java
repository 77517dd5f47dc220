package org.tidewatch.extract;

import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.XMLFilterImpl;

/** Ends the parse of XML that is nested too deep for code that recurses over it. Not thread-safe. */
final class ShallowXml extends XMLFilterImpl {

    static final int MAX_DEPTH = 256;

    private int depth;

    @Override
    public void startElement(String uri, String localName, String qName, Attributes attributes) throws SAXException {
        if (++depth > MAX_DEPTH) {
            throw new SAXException("nested deeper than " + MAX_DEPTH + " elements");
        }
        super.startElement(uri, localName, qName, attributes);
    }

    @Override
    public void endElement(String uri, String localName, String qName) throws SAXException {
        depth--;
        super.endElement(uri, localName, qName);
    }
}
