import Cells

/// Maps a colour to the nearest one that a terminal has.
struct TerminalColors {
  private typealias RGB = (red: Int, green: Int, blue: Int)

  /// How many colours there are: 0, 8, 16, 88, 256, or 2²⁴ where numbers are colours.
  let count: Int

  /// The number by which the terminal knows `color`; -1 is its own foreground or background.
  func number(of color: Color) -> Int32 {
    guard count >= 8 else { return -1 }
    switch color {
    case .standard: return -1
    case .indexed(let index):
      if Int(index) < min(count, isDirect ? 8 : count) { return Int32(index) }
      return number(nearest: Self.palette(Int(index)))
    case .rgb(let red, let green, let blue):
      return number(nearest: (Int(red), Int(green), Int(blue)))
    }
  }

  /// Whether the terminal takes 24-bit colours as numbers; 0–7 still are the user's own.
  private var isDirect: Bool { count >= 1 << 24 }

  private func number(nearest color: RGB) -> Int32 {
    if isDirect {
      let value = color.red << 16 | color.green << 8 | color.blue
      return Int32(max(8, value))
    }
    if count >= 256 { return Int32(Self.nearestOf256(color)) }
    let candidates = 0..<(count >= 16 ? 16 : 8)
    let best = candidates.min {
      Self.distance(Self.palette($0), color) < Self.distance(Self.palette($1), color)
    }
    return Int32(best ?? 7)
  }

  /// The cube or the grey ramp, whichever is nearer; 0–15 are left alone because users change them.
  private static func nearestOf256(_ color: RGB) -> Int {
    let steps = [0, 95, 135, 175, 215, 255]
    func step(_ value: Int) -> Int {
      value < 48 ? 0 : value < 115 ? 1 : min(5, (value - 35) / 40)
    }
    let (red, green, blue) = (step(color.red), step(color.green), step(color.blue))
    let cube: RGB = (steps[red], steps[green], steps[blue])
    let grey = max(0, min(23, ((color.red + color.green + color.blue) / 3 - 3) / 10))
    let level = 8 + 10 * grey
    if distance((level, level, level), color) < distance(cube, color) { return 232 + grey }
    return 16 + 36 * red + 6 * green + blue
  }

  /// What xterm shows for an entry of its palette.
  private static func palette(_ index: Int) -> RGB {
    switch index {
    case 0..<16:
      let system: [RGB] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205),
        (0, 205, 205), (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
        (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
      ]
      return system[index]
    case 232...:
      let level = 8 + 10 * (index - 232)
      return (level, level, level)
    default:
      let steps = [0, 95, 135, 175, 215, 255]
      let cube = index - 16
      return (steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6])
    }
  }

  private static func distance(_ left: RGB, _ right: RGB) -> Int {
    let (red, green, blue) = (
      left.red - right.red, left.green - right.green, left.blue - right.blue
    )
    return red * red + green * green + blue * blue
  }
}
