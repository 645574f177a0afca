/// What is wrong with the files of a target, one readable line each; empty when all is well.
func breaches(in files: [SourceFile], of row: Row) -> [String] {
  files.flatMap { file in
    let imports = file.imports.filter { !row.imports.contains($0.module) }.map {
      "\(file.path):\($0.line): \(row.target) may not import \($0.module)"
    }
    let calls = ForbiddenCall.all.filter { $0.holds(row) }.flatMap { call in
      call.lines(in: file.tokens).map {
        "\(file.path):\($0): \(call.description) may not stand here: \(call.reason)"
      }
    }
    let globals =
      row.target != "Views"
      ? []
      : file.storedGlobals.map {
        "\(file.path):\($0): a stored global may not stand here: views are pure functions of values"
      }
    return imports + calls + globals
  }
}
