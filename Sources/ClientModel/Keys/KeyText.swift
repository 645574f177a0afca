/// A chord as people read it: `Ctrl-Q` for `C-q`.
public func keyText(_ chord: String) -> String {
  var rest = Substring(chord)
  var result = ""
  for (prefix, word) in [("C-", "Ctrl-"), ("M-", "Alt-"), ("S-", "Shift-")] {
    if rest.hasPrefix(prefix), rest.count > 2 {
      result += word
      rest = rest.dropFirst(2)
    }
  }
  if rest.count == 1, !result.isEmpty { return result + rest.uppercased() }
  return result + rest
}
