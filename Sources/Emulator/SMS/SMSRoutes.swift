extension Router {
  /// The operations of SMS (WIRE 5).
  static var smsRoutes: [Route] {
    [
      Route("POST", "/sms", .service { core, exchange, _ in try core.sendSMS(exchange) }),
      Route(
        "POST", "/sms/optouts:add",
        .service { core, exchange, _ in try core.optOuts(exchange, .add) }),
      Route(
        "POST", "/sms/optouts:remove",
        .service { core, exchange, _ in try core.optOuts(exchange, .remove) }),
      Route(
        "POST", "/sms/optouts:check",
        .service { core, exchange, _ in try core.optOuts(exchange, .check) }),
    ]
  }
}
