import ACSWire

extension Servers.Addresses {
  /// The config file with which the client signs in as `user`; JSON is JSON5.
  func configuration(of user: String) -> String {
    let configuration: JSONValue = [
      "endpoint": .string(endpoint),
      "displayName": .string(user),
      "tokenService": [
        "url": .string(tokens), "user": .string(user), "usersURL": .string(users),
      ],
      "gateway": .string(gateway),
      // The next demo has other people.
      "history": ["keep": "memory"],
    ]
    return configuration.text
  }
}
