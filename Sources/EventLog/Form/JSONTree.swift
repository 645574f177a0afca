import ACSWire

/// A JSON value while it is put together: containers of an encoder share their node.
final class JSONTree {
  private enum Form {
    case value(JSONValue)
    case list([JSONTree])
    case members([(name: String, tree: JSONTree)])
  }

  private var form = Form.members([])

  /// Becomes a value that has no parts.
  func set(_ value: JSONValue) {
    form = .value(value)
  }

  /// Becomes a list, if it is none yet.
  func becomeList() {
    guard case .list = form else { return form = .list([]) }
  }

  /// A new last element of the list.
  func append() -> JSONTree {
    let tree = JSONTree()
    guard case .list(var trees) = form else {
      form = .list([tree])
      return tree
    }
    form = .list([])
    trees.append(tree)
    form = .list(trees)
    return tree
  }

  /// How many elements the list has.
  var count: Int {
    guard case .list(let trees) = form else { return 0 }
    return trees.count
  }

  /// The member `name`, made if there is none.
  func member(_ name: String) -> JSONTree {
    guard case .members(var members) = form else {
      let tree = JSONTree()
      form = .members([(name, tree)])
      return tree
    }
    if let member = members.first(where: { $0.name == name }) { return member.tree }
    form = .members([])
    let tree = JSONTree()
    members.append((name, tree))
    form = .members(members)
    return tree
  }

  /// The finished value; members stand by name, so that equal values have equal bytes whatever a dictionary's order.
  var value: JSONValue {
    switch form {
    case .value(let value): value
    case .list(let trees): .array(trees.map(\.value))
    case .members(let members):
      .object(
        JSONObject(members.sorted { $0.name < $1.name }.map { ($0.name, $0.tree.value) }))
    }
  }
}
