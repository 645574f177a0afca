import ACSTypes

extension UserAccessToken {
  /// What the token flow shows of a token's claims.
  func claimLines(now: Timestamp, known: CommunicationIdentifier?) -> [String] {
    var lines = ["identity  \(identity.rawID)"]
    if let known, known != identity {
      lines.append(
        "warning  another identity than before; the token service should keep one for each user")
    }
    guard let claims else {
      return lines + [
        "claims  not readable: this is no JSON Web Token", lifeLine(now: now),
      ]
    }
    if let told = claims.identity, told != identity {
      lines.append("warning  the token is of \(told.rawID)")
    }
    lines.append("scopes  \(claims.scopes.map(\.rawValue).joined(separator: ", "))")
    if let issued = claims.issuedOn {
      lines.append("issued  \(issued.iso8601)")
      if issued < claims.expiresOn {
        lines.append("lifetime  \((claims.expiresOn - issued).words)")
      }
    }
    lines.append(lifeLine(now: now))
    if (expiresOn - claims.expiresOn).wholeMilliseconds.magnitude > 60_000 {
      lines.append("warning  the token service says that it expires \(expiresOn.iso8601)")
    }
    return lines
  }

  private func lifeLine(now: Timestamp) -> String {
    let end = effectiveExpiry
    let left = end > now ? "in \((end - now).words)" : "\((now - end).words) ago"
    return "expires  \(end.iso8601), \(left)"
  }
}
