using System.Runtime.InteropServices;

namespace Observe.Storage.Engine.Embedded;

/// <summary>The functions that a loaded ELF library calls in others: where it keeps their addresses, so that one can be put in another's place.</summary>
/// <remarks>
/// A library calls what it imports through a table of addresses (the procedure linkage table's part of the global offset table). The dynamic
/// section says where the table's relocations are; each names a function and the slot that holds its address. See elf(5) and dlinfo(3).
/// </remarks>
internal static unsafe partial class LibraryImports
{
    private const int LinkMapRequest = 2; // RTLD_DI_LINKMAP
    private const int ReadWrite = 3; // PROT_READ | PROT_WRITE

    private const long EndTag = 0; // DT_NULL
    private const long RelocationsSizeTag = 2; // DT_PLTRELSZ, in bytes
    private const long StringsTag = 5; // DT_STRTAB
    private const long SymbolsTag = 6; // DT_SYMTAB
    private const long RelocationsTag = 23; // DT_JMPREL

    /// <summary>Puts other functions in the place of imported ones.</summary>
    /// <param name="library">As <see cref="NativeLibrary.Load(string)"/> returned it.</param>
    /// <param name="replacements">The name of an imported function, and the address of the one to be called instead.</param>
    /// <returns>What undoes it; null, and nothing is changed, if one of them is not imported, or if the system has no ELF libraries.</returns>
    public static Action? TryReplace(nint library, IReadOnlyDictionary<string, nint> replacements)
    {
        if (!OperatingSystem.IsLinux() || nint.Size != 8 || LinkMapOf(library) is not { } map)
        {
            return null;
        }

        Dictionary<string, nint> slots = FindSlots(map, replacements.Keys);
        if (slots.Count < replacements.Count)
        {
            return null;
        }

        KeyValuePair<nint, nint>[] originals = [.. slots.Values.Select(slot => KeyValuePair.Create(slot, *(nint*)slot))];
        Action undo = () => Array.ForEach(originals, original => TryWrite(original.Key, original.Value));
        if (slots.All(slot => TryWrite(slot.Value, replacements[slot.Key])))
        {
            return undo;
        }

        undo();
        return null;
    }

    private static LinkMap? LinkMapOf(nint library)
    {
        LinkMap* map;
        var information = (delegate* unmanaged[Cdecl]<nint, int, LinkMap**, int>)FindFunction("dlinfo");
        return information is not null && information(library, LinkMapRequest, &map) == 0 ? *map : null;
    }

    /// <summary>A function of the C library, which until glibc 2.34 had some in a file of their own.</summary>
    private static nint FindFunction(string name)
    {
        foreach (string file in (ReadOnlySpan<string>)["libc.so.6", "libdl.so.2"])
        {
            if (NativeLibrary.TryLoad(file, out nint handle) && NativeLibrary.TryGetExport(handle, name, out nint address))
            {
                return address;
            }
        }

        return 0;
    }

    /// <summary>Where the library keeps the addresses of these functions.</summary>
    private static Dictionary<string, nint> FindSlots(LinkMap map, IEnumerable<string> names)
    {
        var wanted = names.ToHashSet(StringComparer.Ordinal);
        var slots = new Dictionary<string, nint>(StringComparer.Ordinal);
        nint strings = 0, symbols = 0, relocations = 0;
        long size = 0;
        for (DynamicEntry* entry = map.Dynamic; entry->Tag != EndTag; entry++)
        {
            switch (entry->Tag)
            {
                case StringsTag: strings = Address(map, entry->Value); break;
                case SymbolsTag: symbols = Address(map, entry->Value); break;
                case RelocationsTag: relocations = Address(map, entry->Value); break;
                case RelocationsSizeTag: size = entry->Value; break;
            }
        }

        for (var relocation = (Relocation*)relocations; (nint)relocation < relocations + size; relocation++)
        {
            var symbol = (Symbol*)symbols + (relocation->Info >> 32);
            if (Marshal.PtrToStringUTF8(strings + (nint)symbol->Name) is { } name && wanted.Contains(name))
            {
                slots[name] = map.Base + (nint)relocation->Offset;
            }
        }

        return slots;
    }

    /// <summary>The loader has turned the section's offsets into addresses already, but not on every architecture.</summary>
    private static nint Address(LinkMap map, long value) => (nint)value < map.Base ? map.Base + (nint)value : (nint)value;

    private static bool TryWrite(nint slot, nint function)
    {
        // Some libraries have the table made read-only once they are loaded.
        nint page = slot & ~(nint)(Environment.SystemPageSize - 1);
        if (LibC.Protect(page, (nuint)Environment.SystemPageSize, ReadWrite) != 0)
        {
            return false;
        }

        Volatile.Write(ref *(nint*)slot, function);
        return true;
    }

    private static partial class LibC
    {
        [LibraryImport("libc", EntryPoint = "mprotect")]
        internal static partial int Protect(nint address, nuint length, int protection);
    }

    /// <summary><c>struct link_map</c>, its public part.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct LinkMap
    {
        public readonly nint Base;
        public readonly nint Name;
        public readonly DynamicEntry* Dynamic;
    }

    /// <summary><c>Elf64_Dyn</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct DynamicEntry
    {
        public readonly long Tag;
        public readonly long Value;
    }

    /// <summary><c>Elf64_Rela</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Relocation
    {
        public readonly ulong Offset;
        public readonly ulong Info;
        public readonly long Addend;
    }

    /// <summary><c>Elf64_Sym</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Symbol
    {
        public readonly uint Name;
        public readonly byte Info;
        public readonly byte Other;
        public readonly ushort Section;
        public readonly ulong Value;
        public readonly ulong Size;
    }
}
