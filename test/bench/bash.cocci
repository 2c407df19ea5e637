// What the bench is measured against: the opens of code in bash, rewritten by Coccinelle. It knows no macro bodies,
// no .def files, and judges no other site.

@@
identifier function = {open_shell_script, _evalfile};
identifier name;
@@
function (...)
{
<...
- open (name, O_RDONLY)
+ sh_open_code (name, O_RDONLY)
...>
}
