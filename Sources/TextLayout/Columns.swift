/// How many terminal columns text takes.
///
/// The measure is that of `wcwidth`, which terminals and ncurses share, taken over a grapheme
/// cluster: the sum of its scalars, but for what an emoji adds to the one before it. Where the
/// scalars of a cluster add up to more than its first one, as in flags and Indic vowels, whoever
/// draws it uses several cells.
///
///     a 1   é 1   漢 2   👩 2   👩‍👩‍👧 2   👍🏽 2   🇸🇪 1+1   का 1+1   e + three accents 1
public enum Columns {
  /// Columns of one grapheme cluster.
  ///
  /// 0 for formats that show nothing by themselves, 1 for a control, which shows as a picture;
  /// 3 or more only for runs of letters that join, which are rare.
  public static func width(of character: Character) -> Int {
    let scalars = character.unicodeScalars
    let first = scalars[scalars.startIndex]
    let width = width(of: first)
    if first.value < 0x300 && character.utf8.count <= 2 { return width }
    var sum = width
    var joined = false
    for scalar in scalars.dropFirst() {
      let columns = Columns.width(of: scalar)
      let isEmojiPart =
        columns == 2 && (joined || (0x1F3FB...0x1F3FF).contains(scalar.value))
      if !isEmojiPart { sum += columns }
      joined = scalar.value == 0x200D
    }
    return sum
  }

  /// Columns of a text on one line.
  ///
  /// - Complexity: O(n), with a fast path over ASCII.
  public static func width(of text: String) -> Int { measure(text) }

  /// Columns of a text on one line.
  ///
  /// - Complexity: O(n), with a fast path over ASCII.
  public static func width(of text: Substring) -> Int { measure(text) }

  private static func measure(_ text: some StringProtocol) -> Int {
    let utf8 = text.utf8
    var isASCII = true
    var bytes = 0
    var returns = 0
    for byte in utf8 {
      if byte >= 0x80 {
        isASCII = false
        break
      }
      bytes += 1
      if byte == 0x0D { returns += 1 }
    }
    if isASCII && returns == 0 { return bytes }
    return text.reduce(0) { $0 + width(of: $1) }
  }

  /// Columns of one scalar by itself.
  static func width(of scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return value == 0xAD ? 0 : 1 }
    if (0x4E00...0x9FFF).contains(value) || (0xAC00...0xD7A3).contains(value) { return 2 }
    if contains(WidthTable.zero, value) { return 0 }
    return contains(WidthTable.wide, value) ? 2 : 1
  }

  private static func contains(_ ranges: [ClosedRange<UInt32>], _ value: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < value {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < ranges.count && ranges[low].contains(value)
  }
}
