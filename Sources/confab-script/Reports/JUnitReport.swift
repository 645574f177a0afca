import ScriptKit

/// Results in the form that CI systems read: a test suite a script, a test case a scene.
struct JUnitReport {
  let text: String

  init(_ results: [SceneResult]) {
    var order: [String] = []
    var suites: [String: [SceneResult]] = [:]
    for result in results {
      if suites[result.path] == nil { order.append(result.path) }
      suites[result.path, default: []].append(result)
    }
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
    lines.append("<testsuites \(JUnitReport.counts(results))>")
    for path in order {
      let scenes = suites[path] ?? []
      lines.append(
        "  <testsuite name=\"\(JUnitReport.escaped(path))\" \(JUnitReport.counts(scenes))>")
      lines += scenes.flatMap(JUnitReport.testCase)
      lines.append("  </testsuite>")
    }
    text = (lines + ["</testsuites>"]).joined(separator: "\n") + "\n"
  }

  private static func counts(_ results: [SceneResult]) -> String {
    let time = results.reduce(Duration.zero) { $0 + $1.duration }
    let failures = results.count { $0.failure != nil }
    return
      "tests=\"\(results.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"0\" time=\"\(seconds(time))\""
  }

  private static func testCase(_ result: SceneResult) -> [String] {
    let head =
      "    <testcase classname=\"\(escaped(result.path))\" name=\"\(escaped(result.scene))\" "
      + "file=\"\(escaped(result.place.file))\" line=\"\(result.place.line)\" time=\"\(seconds(result.duration))\""
    guard let failure = result.failure else { return ["\(head)/>"] }
    let message = failure.message.split(separator: "\n").prefix(2).map { String($0) }
      .joined(separator: " ")
    return [
      "\(head)>",
      "      <failure message=\"\(escaped("\(failure.place): \(message)"))\">\(escaped(failure.report))</failure>",
      "    </testcase>",
    ]
  }

  private static func seconds(_ duration: Duration) -> String {
    let milliseconds =
      duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
  }

  /// A text as XML has it; what XML cannot hold stands as a script writes it: `\u{1b}`.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n": result += "&#10;"
      case "\t": result += "&#9;"
      default:
        let isAllowed = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
        if isAllowed {
          result.unicodeScalars.append(scalar)
        } else {
          result += "\\u{\(String(scalar.value, radix: 16))}"
        }
      }
    }
    return result
  }
}
