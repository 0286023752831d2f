# What holds for every target: language level, warnings, sanitizers, ccache.
option(STEPSCOPE_TESTS "Build the tests" ON)
option(STEPSCOPE_WERROR "Treat warnings as errors" OFF)
option(STEPSCOPE_FUZZ "Build the fuzz targets with libFuzzer (clang only)" OFF)
set(STEPSCOPE_SANITIZE "" CACHE STRING "Sanitizers, for instance address,undefined")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# moc 6.4 cannot parse the concepts in g++ 12's headers; without the compiler's own macros it skips them.
set(CMAKE_AUTOMOC_COMPILER_PREDEFINES OFF)

find_program(STEPSCOPE_CCACHE ccache)
if(STEPSCOPE_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${STEPSCOPE_CCACHE}")
endif()

if(STEPSCOPE_SANITIZE)
    add_compile_options(-fsanitize=${STEPSCOPE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
    add_link_options(-fsanitize=${STEPSCOPE_SANITIZE})
endif()

if(STEPSCOPE_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link) # coverage alone; the targets bring the main program
endif()

# Warnings of our own code; headers of libraries come in as system headers.
function(stepscope_warnings target)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
    if(STEPSCOPE_WERROR)
        target_compile_options(${target} PRIVATE -Werror)
    endif()
    # AUTOMOC's file is Qt's work, not ours.
    set_source_files_properties("${CMAKE_CURRENT_BINARY_DIR}/${target}_autogen/mocs_compilation.cpp"
                                PROPERTIES COMPILE_OPTIONS "-w" SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
