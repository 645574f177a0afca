import Cells
import Testing

@testable import CursesScreen

@Suite("TerminalColors")
struct TerminalColorsTests {
  @Test(
    "a colour becomes the nearest one that the terminal has",
    arguments: [
      (256, .standard, -1), (256, .indexed(200), 200), (256, .rgb(255, 0, 0), 196),
      (256, .rgb(95, 135, 175), 67), (256, .rgb(0, 0, 0), 16), (256, .rgb(255, 255, 255), 231),
      (256, .rgb(130, 130, 130), 244), (256, .rgb(9, 9, 9), 232),
      (16, .indexed(9), 9), (16, .indexed(196), 9), (16, .rgb(0, 250, 10), 10),
      (8, .indexed(9), 1), (8, .rgb(200, 200, 200), 7), (8, .indexed(1), 1),
      (1 << 24, .rgb(1, 2, 3), 0x010203), (1 << 24, .rgb(0, 0, 0), 8), (1 << 24, .indexed(1), 1),
      (1 << 24, .indexed(196), 0xFF0000), (0, .rgb(1, 2, 3), -1), (2, .indexed(1), -1),
    ] as [(Int, Color, Int32)])
  func nearest(count: Int, color: Color, number: Int32) {
    #expect(TerminalColors(count: count).number(of: color) == number)
  }
}
