import ACSTypes

/// Finds the route of a request.
struct Router: Sendable {
  /// What a path leads to.
  enum Match: Sendable {
    case route(Route, parameters: [String])
    /// The path is known, the method is not.
    case otherMethod(path: String, methods: [String])
    case nothing
  }

  private struct Place: Sendable {
    var pattern: [Substring]
    var path: String
    var routes: [Route]
  }

  private let places: [Place]

  /// A router over `routes`, in which no two have the same method and path.
  init(_ routes: [Route]) {
    var places: [Place] = []
    for route in routes {
      if let index = places.firstIndex(where: { $0.path == route.path }) {
        places[index].routes.append(route)
      } else {
        places.append(
          Place(pattern: route.path.split(separator: "/"), path: route.path, routes: [route]))
      }
    }
    self.places = places
  }

  /// What the parts of a path lead to; `HEAD` is `GET` wherever that gives nothing away.
  func match(_ method: String, _ segments: [String]) -> Match {
    guard let place = places.first(where: { Router.fits($0.pattern, segments) }) else {
      return .nothing
    }
    let isHead = method == "HEAD"
    let route = place.routes.first { route in
      route.method == method || (isHead && route.method == "GET" && route.access != .callers)
    }
    guard let route else {
      return .otherMethod(path: place.path, methods: place.routes.map(\.method))
    }
    let parameters = zip(place.pattern, segments).filter { $0.0.hasPrefix("{") }.map(\.1)
    return .route(route, parameters: parameters)
  }

  /// The methods of a path, for browsers that ask before they do.
  func methods(_ segments: [String]) -> [String]? {
    places.first { Router.fits($0.pattern, segments) }?.routes.map(\.method)
  }

  /// All paths, in order.
  var paths: [String] { places.map(\.path).sorted() }

  private static func fits(_ pattern: [Substring], _ segments: [String]) -> Bool {
    pattern.count == segments.count
      && zip(pattern, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
  }
}
