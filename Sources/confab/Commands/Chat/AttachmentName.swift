import ACSTypes

extension ChatAttachment {
  /// The last part of a name that others chose, as a file's: it stays in its folder, hides nothing and steers nothing;
  /// `nil` when nothing is left of it.
  var fileName: String? {
    let told = name.flatMap { $0.isEmpty ? nil : $0 } ?? id
    let last = told.split { $0 == "/" || $0 == "\\" }.last ?? ""
    let visible = SafeText.line(String(last)).drop { $0 == "." || $0 == "-" || $0 == " " }
    let dot = visible.lastIndex(of: ".") ?? visible.endIndex
    var (stem, ending) = (visible[..<dot], visible[dot...])
    if ending.utf8.count > 20 { (stem, ending) = (visible, "") }
    // The longest name of Linux has 255 bytes; a part needs some for itself.
    while stem.utf8.count + ending.utf8.count > 200 { stem.removeLast() }
    let name = stem + ending
    return name.isEmpty ? nil : String(name)
  }
}
