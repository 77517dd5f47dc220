package org.tidewatch.extract;

/**
 * XML from its root element on: without declaration, comments and above all without document type, so that there is no
 * entity of its own, no external subset, nothing that a parser could fetch or expand. An entity that only the document
 * type declares is then an error to any parser.
 */
final class XmlText {

    private XmlText() {}

    /** The text from the root element on, or an empty one when there is no root. */
    static String fromRoot(String xml) {
        int at = xml.indexOf('<');
        while (at >= 0 && at + 1 < xml.length()) {
            int end;
            if (xml.startsWith("<!--", at)) {
                end = after(xml, "-->", at);
            } else if (xml.startsWith("<?", at)) {
                end = after(xml, "?>", at);
            } else if (xml.startsWith("<!", at)) {
                end = afterDeclaration(xml, at);
            } else {
                return xml.substring(at).stripTrailing();
            }
            at = end < 0 ? -1 : xml.indexOf('<', end);
        }
        return "";
    }

    private static int after(String xml, String end, int from) {
        int at = xml.indexOf(end, from);
        return at < 0 ? -1 : at + end.length();
    }

    /** Where a document type ends: at the first {@code >} outside quotes, comments and the internal subset's brackets. */
    private static int afterDeclaration(String xml, int from) {
        boolean inSubset = false;
        for (int i = from; i < xml.length(); i++) {
            char c = xml.charAt(i);
            if (c == '"' || c == '\'') {
                i = xml.indexOf(c, i + 1);
            } else if (inSubset && xml.startsWith("<!--", i)) {
                i = xml.indexOf("-->", i);
            } else if (c == '[' || c == ']') {
                inSubset = c == '[';
            } else if (c == '>' && !inSubset) {
                return i + 1;
            }
            if (i < 0) {
                return -1;
            }
        }
        return -1;
    }
}
