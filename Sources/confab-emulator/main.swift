import Executor
import Glibc

MemoryDumps.forbid()
exit(EmulatorProgram.run(Array(CommandLine.arguments.dropFirst())))
