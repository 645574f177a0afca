import Glibc

exit(ServeProgram.run(Array(CommandLine.arguments.dropFirst())))
