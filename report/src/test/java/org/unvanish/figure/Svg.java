package org.unvanish.figure;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What is in an SVG document. */
final class Svg {

  private Svg() {}

  static Element root(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)))
        .getDocumentElement();
  }

  static List<Element> elements(String svg, String tag) throws Exception {
    NodeList nodes = root(svg).getElementsByTagName(tag);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  static List<String> texts(String svg) throws Exception {
    return elements(svg, "text").stream().map(Svg::text).toList();
  }

  static String text(Element element) {
    return element.getTextContent().strip();
  }

  static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }
}
