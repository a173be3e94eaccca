package org.unvanish.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatexTextTest {

  @Test
  void whatHasAMeaningInLatexIsEscaped() {
    assertThat(LatexText.of("a_b & 5 % of #1 $x {y} ~ ^ \\"))
        .isEqualTo(
            "a\\_b \\& 5~\\% of \\#1 \\$x \\{y\\} \\textasciitilde{} \\textasciicircum{}"
                + " \\textbackslash{}");
  }

  @Test
  void namesOfThisProjectBecomeCommands() {
    assertThat(LatexText.of("tanh, α = 2: ℓ₂ × 10⁻³ “so” − …"))
        .isEqualTo(
            "tanh, $\\alpha$ = 2: $\\ell$$_{2}$ $\\times$ 10$^{-}$$^{3}$ ``so'' $-$ \\dots{}");
  }

  @Test
  void lettersWithMarksBecomeCommandsInEitherForm() {
    assertThat(LatexText.of("é e\u0301 ł ß Č")).isEqualTo("\\'{e} \\'{e} \\l{} \\ss{} \\v{C}");
  }

  @Test
  void hyphensAndQuotesStayWhatTheyAre() {
    assertThat(LatexText.of("a-b--c ''")).isEqualTo("a-b-{}-c '{}'");
  }

  @Test
  void noLineEndsOrControlCharactersGetThrough() {
    assertThat(LatexText.of("a\n\tb\u0000c\u2028d")).isEqualTo("a  b c d");
  }

  @Test
  void otherScriptsStayAndAreNamed() {
    assertThat(LatexText.of("中文")).isEqualTo("中文");
    assertThat(LatexText.remark("中文 中")).contains("LuaLaTeX").endsWith("中文\n");
    assertThat(LatexText.remark(LatexText.of("α é"))).isEmpty();
  }
}
