import Executor
import Glibc

// A file that may not be so large is an error like others.
signal(SIGXFSZ, SIG_IGN)

ProgramEnd.leave(with: ScriptProgram.run(Array(CommandLine.arguments.dropFirst())))
