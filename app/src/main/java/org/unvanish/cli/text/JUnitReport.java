package org.unvanish.cli.text;

import java.io.StringWriter;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.unvanish.cli.terminal.TerminalText;
import org.unvanish.examination.Examined;
import org.unvanish.text.StyledText;

/** A diagnosis as systems that build software read it: in the XML of JUnit's reports. */
public final class JUnitReport {

  private static final String SUITE = "unvanish diagnose";

  private JUnitReport() {}

  /**
   * A test for each verdict that must not be; one that is has failed, with the diagnosis as its
   * text. It has no times, so that the same diagnosis has the same report.
   *
   * @param verdicts each with whether it was found, in the order of the tests
   */
  public static String of(Examined found, Map<String, Boolean> verdicts) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      xml.writeCharacters("\n");
      suite(xml, found, verdicts);
      xml.writeEndElement();
      xml.writeCharacters("\n");
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("text can always be written", e);
    }
    return text.toString();
  }

  private static void suite(XMLStreamWriter xml, Examined found, Map<String, Boolean> verdicts)
      throws XMLStreamException {
    long failures = verdicts.values().stream().filter(failed -> failed).count();
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", SUITE);
    xml.writeAttribute("tests", "" + verdicts.size());
    xml.writeAttribute("failures", "" + failures);
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", "0");
    xml.writeCharacters("\n");
    for (Map.Entry<String, Boolean> verdict : verdicts.entrySet()) {
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", SUITE);
      xml.writeAttribute(
          "name", TerminalText.line("%s: not %s".formatted(found.title(), verdict.getKey())));
      if (verdict.getValue()) {
        xml.writeStartElement("failure");
        xml.writeAttribute("type", verdict.getKey());
        xml.writeAttribute("message", TerminalText.line(found.sentence()));
        xml.writeCharacters(
            TerminalText.lines(found.text().all(StyledText.USUAL_WIDTH).toString()));
        xml.writeEndElement();
      }
      xml.writeEndElement();
      xml.writeCharacters("\n");
    }
    xml.writeEndElement();
    xml.writeCharacters("\n");
  }
}
