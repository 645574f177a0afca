import ACSTypes

/// The ways into the call gateway: terminals, events and callbacks.
struct CallRoutes: Sendable {
  let gateway: Gateway

  var routes: [Route] {
    [
      Route(
        "GET", "/gateway", .terminals,
        replying: { .gateway(try await gateway.socket($0.request)) }),
      Route("POST", "/events", .events) { try await gateway.events($0.request) },
      Route("POST", "/callbacks/{key}", .callbacks) { call in
        try await gateway.callback(call.parameters[0], call.request)
      },
    ]
  }
}
