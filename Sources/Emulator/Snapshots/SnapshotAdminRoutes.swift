import ACSTypes
import ACSWire

extension AdminRoute {
  /// The whole state: forgotten, saved, and taken back.
  static let snapshots = [
    AdminRoute("POST", "/reset") { core, _, _ in
      try core.begin { try $0.forget() }
      return .empty(204)
    },
    AdminRoute("GET", "/snapshots") { core, _, _ in
      let all = core.rules.snapshots?.all ?? []
      return .json(
        [
          "value": .array(
            all.map {
              ["name": .string($0.name), "savedOn": .string($0.savedOn.iso8601)] as JSONValue
            })
        ] as JSONValue)
    },
    AdminRoute("PUT", "/snapshots/{}") { core, _, arguments in
      try core.snapshots().save(core.store, as: arguments[0])
      return .json(["name": .string(arguments[0])] as JSONValue, status: 201)
    },
    AdminRoute("POST", "/snapshots/{}/load") { core, _, arguments in
      try core.snapshots().load(arguments[0]) { snapshot in
        try core.begin { try $0.replace(by: snapshot) }
      }
      return .empty(204)
    },
    AdminRoute("DELETE", "/snapshots/{}") { core, _, arguments in
      try core.snapshots().delete(arguments[0])
      return .empty(204)
    },
  ]
}

extension Core {
  fileprivate func snapshots() throws(Refusal) -> SnapshotFolder {
    guard let folder = rules.snapshots else {
      throw Refusal(
        409, "NoDataFolder", "This emulator keeps nothing on the disk.",
        why: "An emulator that runs with --ephemeral has no folder for snapshots; start it with "
          + "--data DIR or --memory.")
    }
    return folder
  }

  /// Goes on with what the store has after `change`, as after a start: sockets and calls end, and whoever is connected
  /// comes back.
  ///
  /// Nothing has changed when it throws.
  fileprivate mutating func begin(after change: (Store) throws -> Void) throws {
    // Those of the command line are no part of the state.
    let kept = Set(try store.subscriptions().map(\.id))
    let lasting = subscriptions.filter { !kept.contains($0.id) }
    try change(store)
    var fresh = try Core(
      store: store,
      resource: try Resource(store: store, tokenKey: resource.tokenKey, random: ids.random),
      rules: rules, accessKeys: givenKeys,
      entra: try EntraTenant(entra.settings, key: entra.key, store: store), journal: journal,
      random: ids.random)
    for id in realTime.sockets.keys.sorted() { realTime.orders.append(.close(socket: id)) }
    fresh.realTime.goOn(after: realTime)
    fresh.entra.origin = entra.origin
    fresh.outlets = outlets
    fresh.outbox = outbox
    tokens.change(key: fresh.resource.tokenKey)
    fresh.tokens = tokens
    fresh.facts = facts
    fresh.plainOrigin = plainOrigin
    fresh.subscriptions += lasting
    fresh.queue.goOn(after: queue)
    try fresh.findNextEvent()
    fresh.seed = seed
    _ = fresh.clock.read(clock.outside)
    self = fresh
    if let seed { try plant(seed, now: clock.now) }
  }
}
