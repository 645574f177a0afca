import Cells
import Testing

@testable import Configuration

@Suite("Theme files")
struct ThemeFileTests {
  private let roles = ["text", "error", "link"]

  @Test("colours by name, number and code, attributes by name")
  func styles() throws {
    let theme = try ThemeFile(
      text: """
        { text: {}, error: { foreground: "brightRed", background: 17, attributes: ["bold", "underline"] },
          link: { foreground: "#0a64ff", background: "default" } }
        """, file: "t", roles: roles)
    #expect(theme.styles["text"] == Style())
    #expect(
      theme.styles["error"]
        == Style(
          foreground: .indexed(9), background: .indexed(17), attributes: [.bold, .underline]))
    #expect(theme.styles["link"] == Style(foreground: .rgb(10, 100, 255)))
  }

  @Test(
    "errors say where and what is known",
    arguments: [
      ("{ txet: {} }", "t:1:3: there is no \"txet\" here; did you mean \"text\"?"),
      (
        "{ text: { foreground: \"blu\" } }",
        "t:1:23: \"blu\" is no colour: \"default\", a name such as \"cyan\", \"#rrggbb\" or 0 to 255"
      ),
      (
        "{ text: { foreground: 256 } }",
        "t:1:23: text.foreground must be a colour's number from 0 to 255"
      ),
      (
        "{ text: { attributes: [\"blink\"] } }",
        "t:1:24: \"blink\" is no attribute; known are bold, dim, italic, underline, reverse, struck"
      ),
      ("{ text: 5 }", "t:1:9: text must be an object, not a number"),
    ])
  func errors(text: String, message: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try ThemeFile(text: text, file: "t", roles: roles)
    }
    #expect(error?.description == message)
  }
}
