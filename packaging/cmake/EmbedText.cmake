# Writes INPUT as the string constant NAME into the C++ source OUTPUT; HEADER declares it.
file(READ "${INPUT}" text)
# A raw string literal may hold 64 KiB at most by the standard; split to be safe.
string(LENGTH "${text}" length)
set(pieces "")
set(at 0)
while(at LESS length)
    string(SUBSTRING "${text}" ${at} 8000 piece)
    string(APPEND pieces "R\"~~~(${piece})~~~\"\n")
    math(EXPR at "${at} + 8000")
endwhile()
file(WRITE "${OUTPUT}"
     "#include \"${HEADER}\"\n\nnamespace stepscope {\n\nconst char* const ${NAME} =\n${pieces};\n\n} // namespace stepscope\n")
