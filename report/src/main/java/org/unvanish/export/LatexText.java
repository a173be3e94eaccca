package org.unvanish.export;

import java.text.Normalizer;
import java.util.Map;
import java.util.stream.Collectors;

/** Any text as LaTeX that prints it, in ASCII as far as LaTeX has commands for its characters. */
final class LatexText {

  /** What LaTeX reads otherwise than it stands. */
  private static final Map<String, String> COMMANDS =
      Map.ofEntries(
          Map.entry("\\", "\\textbackslash{}"),
          Map.entry("{", "\\{"),
          Map.entry("}", "\\}"),
          Map.entry("$", "\\$"),
          Map.entry("&", "\\&"),
          Map.entry("#", "\\#"),
          Map.entry("_", "\\_"),
          Map.entry("%", "\\%"),
          Map.entry("~", "\\textasciitilde{}"),
          Map.entry("^", "\\textasciicircum{}"),
          Map.entry("<", "\\textless{}"),
          Map.entry(">", "\\textgreater{}"),
          Map.entry("|", "\\textbar{}"),
          Map.entry("\"", "\\char34{}"),
          Map.entry("“", "``"),
          Map.entry("”", "''"),
          Map.entry("‘", "`"),
          Map.entry("’", "'"),
          Map.entry("„", ",,"),
          Map.entry("–", "--"),
          Map.entry("—", "---"),
          Map.entry("…", "\\dots{}"),
          Map.entry("\u00a0", "~"),
          Map.entry("−", "$-$"),
          Map.entry("×", "$\\times$"),
          Map.entry("·", "$\\cdot$"),
          Map.entry("±", "$\\pm$"),
          Map.entry("≤", "$\\le$"),
          Map.entry("≥", "$\\ge$"),
          Map.entry("≠", "$\\ne$"),
          Map.entry("∞", "$\\infty$"),
          Map.entry("∂", "$\\partial$"),
          Map.entry("√", "$\\surd$"),
          Map.entry("→", "$\\to$"),
          Map.entry("′", "$'$"),
          Map.entry("°", "$^\\circ$"),
          Map.entry("µ", "$\\mu$"),
          Map.entry("ℓ", "$\\ell$"),
          Map.entry("ß", "\\ss{}"),
          Map.entry("æ", "\\ae{}"),
          Map.entry("Æ", "\\AE{}"),
          Map.entry("œ", "\\oe{}"),
          Map.entry("Œ", "\\OE{}"),
          Map.entry("ø", "\\o{}"),
          Map.entry("Ø", "\\O{}"),
          Map.entry("ł", "\\l{}"),
          Map.entry("Ł", "\\L{}"));

  private static final String LIGATURES = "-'`,";

  private static final String GREEK = "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ";
  private static final String[] GREEK_NAMES = {
    "alpha",
    "beta",
    "gamma",
    "delta",
    "varepsilon",
    "zeta",
    "eta",
    "theta",
    "iota",
    "kappa",
    "lambda",
    "mu",
    "nu",
    "xi",
    "pi",
    "rho",
    "sigma",
    "tau",
    "upsilon",
    "varphi",
    "chi",
    "psi",
    "omega",
    "Gamma",
    "Delta",
    "Theta",
    "Lambda",
    "Xi",
    "Pi",
    "Sigma",
    "Upsilon",
    "Phi",
    "Psi",
    "Omega"
  };

  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";
  private static final String SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉₋";
  private static final String RAISED = "0123456789-";

  /** Marks that Unicode puts after a letter, and the commands that LaTeX puts before it. */
  private static final String MARKS =
      "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0323\u0327\u0328";

  private static final String[] MARK_COMMANDS = {
    "`", "'", "^", "~", "=", "u", ".", "\"", "r", "H", "v", "d", "c", "k"
  };

  private LatexText() {}

  /** The text with what has a meaning in LaTeX escaped. Other scripts stay as they are. */
  static String of(String text) {
    StringBuilder latex = new StringBuilder();
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    composed.codePoints().mapToObj(Character::toString).forEach(c -> append(latex, c));
    // A line does not end before the sign.
    return latex.toString().replace(" \\%", "~\\%");
  }

  /** A comment that names the characters for which pdfLaTeX has no command; empty if none. */
  static String remark(String latex) {
    String foreign =
        latex
            .codePoints()
            .filter(c -> c > 127)
            .distinct()
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return foreign.isEmpty()
        ? ""
        : "% Needs LuaLaTeX or XeLaTeX and a font that has these characters: " + foreign + "\n";
  }

  private static void append(StringBuilder latex, String c) {
    // Two of them would become a dash or a quotation mark.
    if (LIGATURES.contains(c) && latex.toString().endsWith(c)) {
      latex.append("{}");
    }
    latex.append(character(c));
  }

  private static String character(String c) {
    String command = COMMANDS.get(c);
    if (command != null) {
      return command;
    }
    int greek = GREEK.indexOf(c);
    if (greek >= 0) {
      return "$\\" + GREEK_NAMES[greek] + "$";
    }
    int raised = SUPERSCRIPTS.indexOf(c);
    if (raised >= 0) {
      return "$^{" + RAISED.charAt(raised) + "}$";
    }
    int lowered = SUBSCRIPTS.indexOf(c);
    if (lowered >= 0) {
      return "$_{" + RAISED.charAt(lowered) + "}$";
    }
    if (Character.isISOControl(c.codePointAt(0)) || Character.isWhitespace(c.codePointAt(0))) {
      return " ";
    }
    return accented(c);
  }

  /** {@code \'{e}} for é. */
  private static String accented(String c) {
    String parts = Normalizer.normalize(c, Normalizer.Form.NFD);
    int mark = parts.length() == 2 ? MARKS.indexOf(parts.charAt(1)) : -1;
    return mark >= 0 && parts.charAt(0) < 128
        ? "\\" + MARK_COMMANDS[mark] + "{" + parts.charAt(0) + "}"
        : c;
  }
}
