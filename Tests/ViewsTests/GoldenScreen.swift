import Cells
import ClientModel
import FoundationEssentials
import Phrases
import Testing
import Views

/// Compares what the state shows with `Goldens/<name>.screen`, in the notation of `GoldenText`.
///
/// A missing golden is written and fails; `RECORD_GOLDENS=1` writes it anew and passes.
func expectScreen(
  _ state: ClientState, named name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let frame = render(state, theme: Theme(), phrases: .english).frame
  let golden = GoldenText(frame, names: styleNames)
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens")
  let file = folder.appending(path: "\(name).screen")
  let isRecording = ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1"
  guard !isRecording, let expected = try? String(contentsOf: file, encoding: .utf8) else {
    try Data((golden.text + "\n").utf8).write(to: file)
    if !isRecording {
      Issue.record("\(name).screen was missing and is written now", sourceLocation: sourceLocation)
    }
    return
  }
  if let difference = golden.difference(from: String(expected.dropLast())) {
    Issue.record("\(name).screen:\n\(difference)", sourceLocation: sourceLocation)
  }
}

/// The names of the built-in theme's styles in goldens: the first role of each style.
private let styleNames: [Style: String] = {
  let theme = Theme()
  var names: [Style: String] = [:]
  for role in Role.allCases where role != .text && names[theme[role]] == nil {
    names[theme[role]] = role.rawValue
  }
  names[theme[.text]] = nil
  return names
}()
