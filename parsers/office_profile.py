"""The profile that LibreOffice runs with: no macros, no links followed, no Java, nothing recovered (FAULTS.md 38)."""

_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_SCRIPTING = "Office.Common/Security/Scripting"
_SETTINGS = (
    (_SCRIPTING, "MacroSecurityLevel", "3"),  # very high: only from trusted places, and there is none
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),  # neither from the network nor from this machine
    (_SCRIPTING, "DisableActiveContent", "true"),  # from LibreOffice 7.6 on
    ("Office.Writer/Content/Update", "Link", "2"),  # never
    ("Office.Java/VirtualMachine", "Enable", "false"),
    ("Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("Office.Recovery/AutoSave", "Enabled", "false"),
)
_NAMES = "http://openoffice.org/2001/registry"


def registry() -> str:
    """user/registrymodifications.xcu."""
    items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    return f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="{_NAMES}">{items}</oor:items>'
