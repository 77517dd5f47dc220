package org.tidewatch.delivery;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The HTML of a mail, which is well-formed XML too: any crawled text that gets out of its place breaks that. */
final class Page {

    private final Document document;

    Page(String html) {
        try {
            document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(html)));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError("Not well-formed: " + html, e);
        }
    }

    List<Element> all(String xpath) {
        try {
            NodeList nodes =
                    (NodeList) XPathFactory.newInstance().newXPath().evaluate(xpath, document, XPathConstants.NODESET);
            List<Element> elements = new ArrayList<>();
            for (int i = 0; i < nodes.getLength(); i++) {
                elements.add((Element) nodes.item(i));
            }
            return elements;
        } catch (XPathException e) {
            throw new AssertionError(xpath, e);
        }
    }

    /** Elements by which a mail could fetch, run or open something. */
    List<Element> active() {
        return all(
                "//*[@href or @src or @background or @action or starts-with(name(), 'script')"
                        + " or name() = 'img' or name() = 'link' or name() = 'form' or name() = 'iframe' or name() = 'object']");
    }

    List<Element> cards() {
        return all("//div[@class='card']");
    }

    String body() {
        return document.getElementsByTagName("body").item(0).getTextContent();
    }
}
