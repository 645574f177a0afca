import ACSWire

/// Rows in columns, for people.
struct TextTable {
  let lines: [String]

  /// A table of `values`, a row each; `empty` stands for it when there are none.
  init(
    _ titles: [String], _ values: [JSONValue], empty: String, row: (JSONValue) -> [String]
  ) {
    guard !values.isEmpty else {
      lines = [empty]
      return
    }
    let rows = [titles] + values.map(row)
    let widths = titles.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    lines = rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      let line = cells.joined(separator: "  ")
      return String(
        line[..<(line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex)])
    }
  }
}

extension JSONValue {
  /// A member as people read it; `-` when it is absent.
  ///
  /// What a client sent is shown without control characters, which could play tricks on a terminal.
  func shown(_ name: String) -> String {
    let text: String
    switch self[name] {
    case .none, .some(.null): text = "-"
    case .some(.string(let string)): text = string
    case .some(.bool(let flag)): text = flag ? "yes" : "no"
    case .some(.array(let values)): text = values.compactMap(\.string).joined(separator: ",")
    case .some(let value): text = value.text
    }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
  }
}
