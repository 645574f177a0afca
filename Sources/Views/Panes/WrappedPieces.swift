import TextLayout

extension [Piece] {
  /// Less room than this beside a name is too little to read.
  private static var leastRoom: Int { 16 }

  /// The line in as many as it takes, at most `columns` wide.
  ///
  /// What goes on is set in as the first line is: by its blanks, or by the name with blanks behind it that it begins with.
  /// Where too little room is left beside the name, all stands below it.
  func wrapped(columns: Int) -> [[Piece]] {
    guard let first, columns > 0 else { return [self] }
    let isNamed = count > 1 && first.text.last == " "
    guard isNamed || self.columns > columns else { return [self] }
    let blanks = first.text.prefix { $0 == " " }
    let label = isNamed ? first : Piece(String(blanks), first.role)
    let rest =
      isNamed
      ? Array(dropFirst())
      : [Piece(String(first.text.dropFirst(blanks.count)), first.role)] + dropFirst()
    var margin = [label].columns
    guard columns - margin < Self.leastRoom else {
      guard self.columns > columns else { return [self] }
      let lines = rest.broken(columns: columns - margin)
      return [[label] + lines[0]] + lines.dropFirst().map { $0.set(in: margin) }
    }
    margin = Swift.min(isNamed ? blanks.count + 2 : margin, columns / 8 + 1)
    let below = rest.broken(columns: columns - margin).map { $0.set(in: margin) }
    guard isNamed else { return below }
    return [[label].withoutBlanksAtEnd] + below
  }

  private func set(in margin: Int) -> [Piece] {
    [Piece(String(repeating: " ", count: margin), .text)] + self
  }

  /// The pieces in lines, each in its role still; at least one line.
  private func broken(columns: Int) -> [[Piece]] {
    let text = map(\.text).joined()
    return wrap(text, columns: columns).map { line in
      var start = text.startIndex
      return compactMap { piece in
        let end = text.utf8.index(start, offsetBy: piece.text.utf8.count)
        defer { start = end }
        let (lower, upper) = (
          Swift.max(start, line.range.lowerBound), Swift.min(end, line.range.upperBound)
        )
        return lower < upper ? Piece(String(text[lower..<upper]), piece.role) : nil
      }.withoutBlanksAtEnd
    }
  }

  private var withoutBlanksAtEnd: [Piece] {
    var pieces = self
    while let last = pieces.last, last.text.last == " " {
      pieces[pieces.count - 1].text.removeLast()
      if pieces[pieces.count - 1].text.isEmpty { pieces.removeLast() }
    }
    return pieces
  }
}
