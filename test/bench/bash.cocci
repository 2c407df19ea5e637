// What the bench is measured against: the opens of code in bash, rewritten by Coccinelle. It knows no macro bodies,
// no .def files, and judges no other site.

@@
expression name;
@@
open_shell_script (...)
{
<...
- open (name, O_RDONLY)
+ sh_open_code (name, O_RDONLY)
...>
}

@@
expression name;
@@
_evalfile (...)
{
<...
- open (name, O_RDONLY)
+ sh_open_code (name, O_RDONLY)
...>
}
