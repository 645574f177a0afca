import Testing

@Suite("Layers")
struct LayeringTests {
  let manifest: Manifest

  init() throws {
    manifest = Manifest(text: try PackageFolder.manifest())
  }

  @Test("every folder in Sources is a target with a row in the table, and every row has a folder")
  func everyTargetHasARow() throws {
    let folders = try PackageFolder.targets()
    let rows = ImportTable.rows.map(\.target) + ImportTable.shims.keys
    #expect(folders.subtracting(rows).sorted() == [], "folders without a row")
    #expect(Set(rows).subtracting(folders).sorted() == [], "rows without a folder")
    #expect(
      folders.symmetricDifference(manifest.edges.keys).sorted() == [], "Package.swift differs")
  }

  @Test(
    "a target imports what its row names and says nothing forbidden", arguments: ImportTable.rows)
  func sourcesKeepTheRules(row: Row) throws {
    let found = breaches(in: try PackageFolder.files(of: row.target), of: row)
    #expect(found == [])
  }

  @Test("a target imports no target to which it has no edge", arguments: ImportTable.rows)
  func importsAreEdges(row: Row) throws {
    let targets = Set(manifest.edges.keys)
    let imported = Set(try PackageFolder.files(of: row.target).flatMap(\.imports).map(\.module))
    let edges = try #require(manifest.edges[row.target])
    #expect(imported.intersection(targets).subtracting(edges).sorted() == [])
  }

  @Test("an edge leads to what the row names", arguments: ImportTable.rows)
  func edgesAreInTheTable(row: Row) throws {
    let edges = try #require(manifest.edges[row.target])
    #expect(edges.subtracting(row.imports).sorted() == [])
  }

  @Test("no row leads to a higher tier", arguments: ImportTable.rows)
  func rowsLeadDown(row: Row) {
    for name in row.imports.sorted() {
      guard let other = ImportTable.row(of: name) else { continue }
      #expect(other.tier <= row.tier, "\(row.target) to \(name)")
    }
  }

  @Test("a C shim is for those whom the table names", arguments: ImportTable.shims.keys.sorted())
  func shimsHaveTheirImporters(shim: String) {
    let importers = ImportTable.rows.filter { $0.imports.contains(shim) }.map(\.target)
    #expect(Set(importers) == ImportTable.shims[shim])
  }

  @Test("no row names a banned module", arguments: ImportTable.rows)
  func nothingBanned(row: Row) {
    #expect(row.imports.isDisjoint(with: ImportTable.banned))
  }

  @Test("the client reaches nothing that could use an access key")
  func clientHoldsNoServiceCode() {
    let reach = manifest.reach(of: "confab")
    #expect(reach.contains("ACSClient"), "the graph was not read")
    #expect(reach.isDisjoint(with: ImportTable.keptFromTheClient))
    #expect(!reach.contains("HTTPServing") && !reach.contains("COpenSSL"))
  }
}
